import { BadInputError } from '../errors';

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const LONGEST = 512;

/** Throws BAD_USER_INPUT for a key that could mean another place than it says. */
export function requireKey(key: string): string {
  if (key.length > LONGEST || !KEY.test(key))
    throw new BadInputError('key', `is no storage key of at most ${LONGEST} characters`);
  return key;
}

/** A prefix is a key that ends in `/`. */
export function requirePrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new BadInputError('prefix', 'must end in /');
  requireKey(prefix.slice(0, -1));
  return prefix;
}

/** The value of Content-Disposition for a file name in any script (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, hex)}`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
