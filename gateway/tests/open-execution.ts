import { createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { createLogger } from '@terakoya/common/logging';
import { testIdentity } from '@terakoya/common/testkit';

import { type Execution, createExecution, createSubgraphClient } from '../src/execution';
import type { TinyGraph } from './tiny-graph';

const LIMITS = { tokens: 500, depth: 6, aliases: 5, rootFields: 4, fields: 60 };

/** Executions of the tiny graph, without a server in front; subgraphs may stand elsewhere. */
export class Executions {
  readonly #closing: (() => Promise<unknown>)[] = [];

  constructor(private readonly graph: TinyGraph) {}

  open(
    elsewhere: Readonly<Record<string, string>> = {},
    more: { timeoutMs?: number; maxResponseBytes?: number } = {},
  ): Execution {
    const client = createSubgraphClient({
      urls: new Map([...this.graph.urls, ...Object.entries(elsewhere)]),
      identityHeaders: createIdentityHeaders(new Secret(testIdentity.secret)),
      caller: 'gateway',
      timeoutMs: 5_000,
      maxResponseBytes: 1_000_000,
      connections: 8,
      maxPending: 100,
      ...more,
    });
    this.#closing.push(() => client.close());
    const { supergraphSdl } = this.graph;
    const logger = createLogger('gateway', 'silent');
    return createExecution({ supergraphSdl, client, limits: LIMITS, introspection: true, logger });
  }

  async close(): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()));
  }
}
