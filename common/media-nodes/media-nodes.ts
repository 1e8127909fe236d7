import type { Closable } from '../lifecycle';
import { closeRedis, connectRedis } from '../redis';
import { type MediaNode, decodeNode, encodeNode } from './media-node';

/** How long what a node announces is valid, in milliseconds of Redis' own clock. */
export const NODE_TTL_MS = 2_500;
/** How often a node announces itself: two beats may be lost before it is taken for gone. */
export const NODE_HEARTBEAT_MS = 700;

/** The media nodes that are there. All of it throws what Redis throws when it cannot be reached. */
export interface MediaNodes extends Closable {
  /** Those whose last announcement is still valid, by id. */
  list(): Promise<MediaNode[]>;
  /** Enters the node or what is new of it; valid for NODE_TTL_MS. */
  announce(node: MediaNode): Promise<void>;
  /** Takes the node out at once. */
  withdraw(id: string): Promise<void>;
  ready(): Promise<void>;
}

/** KEYS: index, node. ARGV: its id, what it tells, milliseconds. */
const ANNOUNCE = `
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', KEYS[1], ARGV[1])`;

/** KEYS: index, node. ARGV: its id. */
const WITHDRAW = `
redis.call('DEL', KEYS[2])
redis.call('SREM', KEYS[1], ARGV[1])`;

/** In one step, so that a node that announces itself just now is not taken for an expired one. KEYS: index. ARGV: what node keys begin with. */
const LIST = `
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local node = redis.call('GET', ARGV[1] .. id)
  if node then table.insert(found, node) else redis.call('SREM', KEYS[1], id) end
end
return found`;

/** The register of media nodes: each an entry of Redis that expires when the node stops announcing itself. */
export function createMediaNodes(options: { readonly redisUrl: string; readonly prefix: string }): MediaNodes {
  const connection = connectRedis(options.redisUrl);
  const index = `${options.prefix}:media-nodes`;
  const keysBegin = `${options.prefix}:media-node:`;
  return {
    async list() {
      const entries = (await connection.eval(LIST, 1, index, keysBegin)) as string[]; // ioredis types the reply as unknown
      return entries
        .map(decodeNode)
        .filter((node) => node !== undefined)
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    },
    async announce(node) {
      await connection.eval(ANNOUNCE, 2, index, keysBegin + node.id, node.id, encodeNode(node), NODE_TTL_MS);
    },
    async withdraw(id) {
      await connection.eval(WITHDRAW, 2, index, keysBegin + id, id);
    },
    ready: async () => void (await connection.ping()),
    close: () => closeRedis(connection),
  };
}
