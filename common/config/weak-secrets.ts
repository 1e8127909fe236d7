import type { Secret } from './secret';

/** Fewer characters can be guessed by trying. */
const LEAST_CHARACTERS = 16;
/** Fewer different ones are somebody's finger on a key; sixteen random hexadecimal digits have about ten. */
const LEAST_DIFFERENT = 6;
/** A short text again and again. */
const REPETITION = /^(.{1,8})\1+.{0,7}$/s;
/** What stands in examples, documentation and images of servers. */
const KNOWN = /change.?me|terakoya-demo|minioadmin|password|example|default|placeholder|your.?secret|12345678|qwerty/i;

/** Why a secret must not be used in production, or undefined when nothing speaks against it. */
export function weaknessOf(secret: Secret): string | undefined {
  const value = secret.reveal();
  if (value.length < LEAST_CHARACTERS) return `has fewer than ${LEAST_CHARACTERS} characters`;
  if (new Set(value).size < LEAST_DIFFERENT || REPETITION.test(value)) return 'repeats itself';
  if (KNOWN.test(value)) return 'is one that everybody knows';
  return undefined;
}
