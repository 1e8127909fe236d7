export { NODE_TYPES, isNodeName, withArticle, type NodeName } from './node-types';
export { decodeId, encodeId, parseId, type NodeReference } from './global-id';
