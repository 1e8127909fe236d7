import { CloseCode } from 'graphql-ws';

/** Why this server closes a connection: a code and the reason that goes with it. docs/realtime.md tells all of them. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Codes of ours beside those of graphql-transport-ws. 1009 (RFC 6455) is a message that is too large. */
const RESTARTING = 1012; // IANA registry: service restart
const TOO_SLOW = 1013; // IANA registry: try again later
const TOO_MANY_CONNECTIONS = 4430;

export const CLOSINGS = {
  invalidMessage: { code: CloseCode.BadRequest, reason: 'Invalid message received' },
  notYetConnected: { code: CloseCode.Unauthorized, reason: 'Unauthorized' },
  otherSubprotocol: { code: CloseCode.SubprotocolNotAcceptable, reason: 'Subprotocol not acceptable' },
  initTimeout: { code: CloseCode.ConnectionInitialisationTimeout, reason: 'Connection initialisation timeout' },
  connectedTwice: { code: CloseCode.TooManyInitialisationRequests, reason: 'Too many initialisation requests' },
  defect: { code: CloseCode.InternalServerError, reason: 'Internal server error' },
  tokenExpired: { code: CloseCode.Forbidden, reason: 'Forbidden: the access token has expired' },
  sessionEnded: { code: CloseCode.Forbidden, reason: 'Forbidden: the session has ended' },
  tokenNeeded: { code: CloseCode.Forbidden, reason: 'Forbidden: subscriptions need an access token' },
  restarting: { code: RESTARTING, reason: 'The server restarts: go on from the last cursor' },
  tooSlow: { code: TOO_SLOW, reason: 'Too slow: go on from the last cursor' },
} as const satisfies Readonly<Record<string, Closing>>;

export function idInUse(id: string): Closing {
  return { code: CloseCode.SubscriberAlreadyExists, reason: `Subscriber for ${id} already exists` };
}

/** The token is not valid, or is of a session that has ended. */
export function forbidden(why: string): Closing {
  return { code: CloseCode.Forbidden, reason: `Forbidden: ${why}` };
}

export function tooManyConnections(why: string): Closing {
  return { code: TOO_MANY_CONNECTIONS, reason: why };
}
