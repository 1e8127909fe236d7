import { randomInt } from 'node:crypto';

/** No 0/O, 1/I/L: a code is read aloud and typed. 31 characters to the power of 8 is about 8.5 · 10¹¹ codes. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

export function newInvitationCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** A code as it was typed: blanks, dashes and case do not matter. */
export function normaliseCode(code: string): string {
  return code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}
