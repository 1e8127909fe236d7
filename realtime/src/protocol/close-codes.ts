/**
 * Why this server closes a connection, beside the codes of the graphql-transport-ws protocol itself (4400 invalid
 * message, 4401 subscribed before connecting, 4406 other subprotocol, 4408 no connection_init in time, 4409 id in use,
 * 4429 connected twice, 4500 defect). 1009 (RFC 6455) is a message that is too large.
 */
export const CLOSE = {
  /** A message that is none of the protocol's, or one that only a server may send. */
  invalidMessage: 4400,
  /** The token is wrong or has expired, or a subscription needs one: connect again with a valid token. */
  forbidden: 4403,
  /** The server restarts (IANA registry): connect again at once and go on from the last cursor. */
  restarting: 1012,
  /** The client reads too slowly (IANA registry, try again later): connect again and go on from the last cursor. */
  tooSlow: 1013,
  unexpected: 4500,
} as const;
