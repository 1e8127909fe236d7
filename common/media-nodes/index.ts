export { createMediaNodes, NODE_HEARTBEAT_MS, NODE_TTL_MS, type MediaNodes } from './media-nodes';
export type { MediaNode } from './media-node';
