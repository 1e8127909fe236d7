import { BadInputError } from '../errors';
import type { EventLog } from './event-log';

/** The place in each domain's log (an entry id) up to which events have been seen. */
export type Positions = ReadonlyMap<string, string>;

/** A place in the logs of several domains, of one life of their data. */
export interface Cursor {
  readonly epoch: string;
  readonly positions: Positions;
}

/** Opaque to clients: base64url of `<epoch>.<entry id of the first domain>.<of the second>…`. */
export function encodeCursor({ epoch, positions }: Cursor, domains: readonly string[]): string {
  const parts = [epoch, ...domains.map((domain) => positions.get(domain) ?? '0-0')];
  return Buffer.from(parts.join('.')).toString('base64url');
}

/** Reads what encodeCursor wrote; BAD_USER_INPUT for anything else. */
export function decodeCursor(cursor: string, domains: readonly string[]): Cursor {
  const [epoch = '', ...entryIds] = Buffer.from(cursor, 'base64url').toString('utf8').split('.');
  const isCursor = entryIds.length === domains.length && entryIds.every((id) => /^\d{1,16}-\d{1,16}$/.test(id));
  if (!isCursor || !/^[0-9a-f]+$/.test(epoch)) throw new BadInputError('after', 'is not a cursor of this subscription');
  return { epoch, positions: new Map(domains.map((domain, index) => [domain, entryIds[index] ?? '0-0'])) };
}

/** The place up to which the logs of the domains are written now: with it, whoever reads the state after this misses nothing. */
export async function readCursor(
  log: Pick<EventLog, 'epoch' | 'latestEntryId'>,
  domains: readonly string[],
): Promise<Cursor> {
  const epoch = await log.epoch(); // before the positions, so that a loss of data between is noticed
  const positions = domains.map(async (domain) => [domain, await log.latestEntryId(domain)] as const);
  return { epoch, positions: new Map(await Promise.all(positions)) };
}
