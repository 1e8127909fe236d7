import { ERROR_CODES, type ErrorCode, isSchoolError } from '@terakoya/common/errors';

import type { PlanNames } from './plan-names';
import type { ResponsePath } from './plan/json';
import type { PlacedError } from './plan/run';
import type { ResponseError } from './response';
import type { Flaw } from './shape/writing';

/** How errors are told to clients. */
export interface ErrorPolicy {
  /** Whether an error without a code of ours is shown as the subgraph told it, instead of hidden. */
  readonly showsUnknown: boolean;
  /** Told of everything that a client is not shown. */
  readonly onUnexpected: (error: unknown) => void;
}

/** Facts in `extensions` that tell of the inside of common GraphQL servers. */
const INTERNAL_FACTS: ReadonlySet<string> = new Set(['serviceName', 'stacktrace', 'exception', 'debugMessage', 'http']);
export const MASKED = 'Something failed inside. The trace id leads to it.';

/** What went wrong in one execution. */
export interface Troubles {
  readonly errors: readonly PlacedError[];
  /** Places that are missing because of these errors, though none stands there. */
  readonly lost?: readonly ResponsePath[];
  readonly flaws?: readonly Flaw[];
}

/**
 * What a client may see of errors. One with a code of ours keeps its message, code and details (subgraphs mask what
 * they do not know); everything else becomes INTERNAL_SERVER_ERROR at the same place.
 */
export function toResponseErrors(
  { errors, lost = [], flaws = [] }: Troubles,
  policy: ErrorPolicy,
  names: PlanNames,
): readonly ResponseError[] {
  if (errors.length === 0 && flaws.length === 0) return [];
  const told = [...errors.map(({ path }) => path), ...lost];
  const unexplained = flaws.filter((flaw) => !told.some((path) => explains(path, flaw)));
  return oncePerPlace([...errors, ...unexplained.map((flaw) => ofFlaw(flaw, policy))]).map((error) =>
    shown(error.path ? { ...error, path: names.pathOf(error.path) } : error, policy),
  );
}

/** A field that two subgraphs share may fail in both. */
function oncePerPlace(errors: readonly PlacedError[]): readonly PlacedError[] {
  if (errors.length === 1) return errors;
  const byPlace = new Map(errors.toReversed().map((error) => [error.path ? JSON.stringify(error.path) : error, error]));
  return [...byPlace.values()].reverse();
}

function shown({ message, path, extensions = {} }: PlacedError, policy: ErrorPolicy): ResponseError {
  if (isKnownCode(extensions.code) || policy.showsUnknown) return { message, path, extensions: safeFacts(extensions) };
  policy.onUnexpected(new Error(message));
  return { message: MASKED, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whether it is one of the codes that are part of the API. */
export function isKnownCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

export function safeFacts(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => !INTERNAL_FACTS.has(name)));
}

/** A null without a word of why is an entity that its own subgraph does not show to this viewer. */
function ofFlaw({ kind, path, where }: Flaw, { showsUnknown, onUnexpected }: ErrorPolicy): PlacedError {
  if (kind === 'invalid') onUnexpected(new TypeError(`A subgraph gave a value of another type for ${where}.`));
  const extensions = { code: kind === 'null' ? 'NOT_FOUND' : 'INTERNAL_SERVER_ERROR' };
  if (kind === 'invalid')
    return { message: showsUnknown ? `${where} has a value of another type.` : MASKED, path, extensions };
  const message = showsUnknown ? `${where} may not be null.` : 'It does not exist, or you may not see it.';
  return { message, path, extensions };
}

/**
 * Whether an error at `path` is why a value cannot be shown: a null is explained by errors above and below it (from where
 * it may have risen), a value of another type only by one that stands at it or above.
 */
function explains(path: ResponsePath | undefined, flaw: Flaw): boolean {
  if (!path || (flaw.kind === 'invalid' && path.length > flaw.path.length)) return false;
  const length = Math.min(path.length, flaw.path.length);
  for (let index = 0; index < length; index += 1) if (path[index] !== flaw.path[index]) return false;
  return true;
}

/** Why a fetch has no answer, as its error will be told. */
export function failureOf(error: unknown, { onUnexpected }: ErrorPolicy): Omit<PlacedError, 'path'> {
  const isKnown = isSchoolError(error);
  if (!isKnown || error.code === 'INTERNAL_SERVER_ERROR') onUnexpected(error);
  return isKnown
    ? { message: error.message, extensions: { code: error.code, ...error.details } }
    : { message: MASKED, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
