import { setTimeout as delay } from 'node:timers/promises';

import { UnavailableError, isSchoolError } from '@terakoya/common/errors';
import { withCallSpan } from '@terakoya/common/telemetry';
import type { SubgraphClient } from '@terakoya/gateway/execution';

import type { Topic } from '../topics/topic';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** What it concerns: a topic and one of its keys. */
export interface Place {
  readonly topic: Topic;
  readonly key: string;
}

/** How long to go on asking while there is no answer. */
export interface Patience {
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

interface Batch {
  readonly userIds: Set<string>;
  readonly answer: Promise<ReadonlySet<string>>;
}

/** Asks subgraphs who may hear of what: for many users with one question, whatever their number. */
export class Audience {
  /** Questions that wait until the one before, of the same place, is answered. */
  readonly #waiting = new Map<string, Batch>();
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly client: SubgraphClient,
    private readonly onAsked: () => void = () => undefined,
  ) {}

  /** Whether one user may hear, as it is now. Users who are asked for at the same time share a question. */
  async mayHear(place: Place, userId: string, patience: Patience): Promise<boolean> {
    const allowed = await withPatience(patience, () => this.#together(place, userId));
    return allowed.has(userId);
  }

  /** Those of the users who may hear, as it is now. Throws UNAVAILABLE when nobody could tell in time. */
  of(place: Place, userIds: Iterable<string>, patience: Patience): Promise<ReadonlySet<string>> {
    const ids = [...new Set(userIds)];
    return withPatience(patience, () => this.#ask(place, ids));
  }

  #together(place: Place, userId: string): Promise<ReadonlySet<string>> {
    const name = `${place.topic.field} ${place.key}`;
    const waiting = this.#waiting.get(name) ?? this.#open(name, place);
    waiting.userIds.add(userId);
    return waiting.answer;
  }

  #open(name: string, place: Place): Batch {
    const userIds = new Set<string>();
    const before = this.#running.get(name) ?? Promise.resolve();
    const answer = before.then(async () => {
      this.#waiting.delete(name);
      const asked = this.#ask(place, [...userIds]);
      const settled = asked.then(
        () => undefined,
        () => undefined,
      );
      this.#running.set(name, settled);
      void settled.then(() => {
        if (this.#running.get(name) === settled) this.#running.delete(name);
      });
      return asked;
    });
    const batch = { userIds, answer };
    this.#waiting.set(name, batch);
    return batch;
  }

  async #ask({ topic, key }: Place, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { subgraph, query, field } = topic.audience;
    this.onAsked();
    const attributes = { 'terakoya.subgraph': subgraph, 'terakoya.users': userIds.length };
    const { data, errors } = await withCallSpan('realtime.audience', attributes, (traceparent) =>
      this.client.fetch({
        subgraph,
        body: JSON.stringify({ query, variables: { key, userIds } }),
        viewer: null,
        isRepeatable: true,
        traceparent,
      }),
    );
    const allowed = data?.[field];
    if (errors.length > 0 || !Array.isArray(allowed)) throw cannotTell(errors[0]);
    return new Set(allowed.map(String));
  }
}

async function withPatience<T>({ patienceMs, signal }: Patience, ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || Date.now() + wait > deadline) throw isSchoolError(error) ? cannotTell(error) : error;
    }
    await delay(wait, undefined, { signal });
  }
}

function cannotTell(cause: unknown): UnavailableError {
  return new UnavailableError('It cannot be checked just now who may see this.', cause);
}
