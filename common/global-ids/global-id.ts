import { BadInputError } from '../errors';
import { NODE_TYPES, type NodeName, isNodeName, withArticle } from './node-types';

/** An object of the graph: its type, and its key as its domain knows it. */
export interface NodeReference {
  readonly type: NodeName;
  readonly key: string;
}

const SEPARATOR = '_';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that clients see of an object: `Notebook_0198c0de-…`. */
export function encodeId(type: NodeName, key: string): string {
  return type + SEPARATOR + (NODE_TYPES[type].key === 'uuid' ? key : Buffer.from(key, 'utf8').toString('base64url'));
}

/** What an id stands for; null for what `encodeId` never gives. */
export function parseId(id: string): NodeReference | null {
  const end = id.indexOf(SEPARATOR);
  const type = id.slice(0, Math.max(end, 0));
  if (!isNodeName(type)) return null;
  const written = id.slice(end + SEPARATOR.length);
  const key = NODE_TYPES[type].key === 'uuid' ? parseUuid(written) : parseText(written);
  return key === null ? null : { type, key };
}

/** The key of the id of an object of this type; BAD_USER_INPUT naming the argument for any other. */
export function decodeId(type: NodeName, id: string, argument: string): string {
  const found = parseId(id);
  if (found?.type !== type) throw new BadInputError(argument, `is not an id of ${withArticle(type)}`);
  return found.key;
}

function parseUuid(written: string): string | null {
  return UUID.test(written) ? written : null;
}

/** Every object has one id only, so a text that base64url would write otherwise is none. */
function parseText(written: string): string | null {
  const key = Buffer.from(written, 'base64url').toString('utf8');
  return key !== '' && Buffer.from(key, 'utf8').toString('base64url') === written ? key : null;
}
