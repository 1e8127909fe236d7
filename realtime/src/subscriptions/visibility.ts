import { setTimeout as delay } from 'node:timers/promises';

import type { Viewer } from '@terakoya/common/auth';
import { UnavailableError } from '@terakoya/common/errors';
import { type Execution, toResult } from '@terakoya/gateway/execution';

import type { Topic } from '../topics/topic';

const REFUSALS: ReadonlySet<unknown> = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

export interface VisibilityQuestion {
  readonly topic: Topic;
  readonly key: string;
  readonly viewer: Viewer;
  /** How long to go on asking while the answer cannot be had, in milliseconds. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Resolves when the viewer may hear of the key, by asking the graph on their behalf. Throws the topic's refusal when
 * they may not, UNAVAILABLE when nobody could tell in time: never lets through what was not checked.
 */
export async function requireVisible(execution: Execution, question: VisibilityQuestion): Promise<void> {
  const deadline = Date.now() + question.patienceMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const answer = await ask(execution, question);
    if (answer === 'visible') return;
    if (answer === 'refused') throw question.topic.visibility.refusal(question.key);
    if (Date.now() + wait > deadline) throw new UnavailableError('It cannot be checked just now who may see this.');
    await delay(wait, undefined, { signal: question.signal });
  }
}

async function ask(
  execution: Execution,
  { topic, key, viewer, signal }: VisibilityQuestion,
): Promise<'visible' | 'refused' | 'unknown'> {
  const { query, field, variables } = topic.visibility;
  const { operation, errors = [] } = await execution.prepare({ query, variables: variables(key) });
  if (!operation) throw errors[0] ?? new UnavailableError('The visibility query cannot be prepared.');
  const executed = await operation.execute({ viewer, signal });
  if (toResult(executed).data?.[field]) return 'visible';
  const codes = executed.errors.map(({ extensions }) => extensions.code);
  return codes.every((code) => REFUSALS.has(code)) ? 'refused' : 'unknown';
}
