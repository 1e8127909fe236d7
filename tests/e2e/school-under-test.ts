import { chmodSync } from 'node:fs';

import { SchoolClient } from '@terakoya/common/school-client';

import { eventually, temporaryFolder } from '../../common/testkit';
import { type StoredSpan } from '../../observability/src/traces/otlp';
import { FREE_PORTS } from '../../scripts/start/config';
import { School } from '../../scripts/start/school';
import type { ServiceName } from '../../scripts/start/services';

/** A whole school of real processes on free ports, for one test file. */
export class SchoolUnderTest {
  readonly #folder = temporaryFolder();
  readonly #clients: SchoolClient[] = [];
  readonly school: School;
  readonly lines: string[] = [];

  constructor(
    options: { readonly without?: readonly ServiceName[]; readonly environment?: Record<string, string> } = {},
  ) {
    chmodSync(this.#folder.path, 0o755);
    this.school = new School({
      environment: { ...process.env, ...FREE_PORTS, TERAKOYA_DATA: this.#folder.path, ...options.environment },
      without: options.without ?? ['app', 'media'],
      report: (line) => this.lines.push(line),
    });
  }

  start(): Promise<void> {
    return this.school.start();
  }

  async graphqlUrl(): Promise<string> {
    return `${await this.school.urlOf('gateway')}/graphql`;
  }

  /** A new pupil who is signed in. */
  async newPupil(): Promise<SchoolClient> {
    const client = await this.nobody();
    await client.signUp('Pupil');
    return client;
  }

  async nobody(): Promise<SchoolClient> {
    const client = new SchoolClient(await this.graphqlUrl());
    this.#clients.push(client);
    return client;
  }

  /** The spans of a trace, once `isComplete` says they are all there. */
  async trace(traceId: string, isComplete: (spans: readonly StoredSpan[]) => void): Promise<StoredSpan[]> {
    const url = `${await this.school.urlOf('traces')}/api/traces/${traceId}`;
    return eventually(
      async () => {
        const { spans } = JSON.parse(await (await fetch(url)).text()) as { spans: StoredSpan[] };
        isComplete(spans);
        return spans;
      },
      { timeoutMs: 15_000, everyMs: 200 },
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    await this.school.close();
    this.#folder.remove();
  }
}
