import { randomUUID as uuid } from 'node:crypto';

import { createAccessTokens } from '../../../common/auth';
import { Secret } from '../../../common/config';
import { notebookChanged } from '../../../common/contracts';
import { encodeId } from '../../../common/global-ids';
import type { EventLog } from '../../../common/streams';
import { NOTEBOOK_ID, QUERY, pageIdOf } from '../graph';

/** A server under test, and how one of its clients comes to hear of events. */
export interface Contestant {
  readonly path: string;
  readonly subprotocol?: string;
  /** What a client says first, once the socket is open. */
  greeting(client: number): string | null;
  /** The answer to a message that is no event: what to say next, and whether the client is ready then. */
  answer(message: string, client: number): { readonly say: string | null; readonly isReady: boolean };
  /** Whether the bytes are an event's message, told by as few of them as possible. */
  isEvent(bytes: Buffer): boolean;
  /** The result in an event's message, as JSON text. */
  payloadOf(message: string): string;
}

const BRACE = '{'.charCodeAt(0);
const DIGIT_4 = '4'.charCodeAt(0);
const DIGIT_2 = '2'.charCodeAt(0);

/** graphql-transport-ws; every client is another user and subscribes under an id of its own, as graphql-ws does. */
export function realtimeContestant(secret: string): Contestant {
  const tokens = createAccessTokens(new Secret(secret));
  const token = (): string => tokens.sign({ userId: uuid(), role: 'STUDENT', sessionId: uuid() }, 3600).token;
  const isNext = Buffer.from('{"id":');
  return {
    path: '/graphql',
    subprotocol: 'graphql-transport-ws',
    greeting: () => JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token()}` } }),
    answer: (message) => {
      if (message !== '{"type":"connection_ack"}') throw new Error(`realtime said ${message}`);
      const payload = { query: QUERY, variables: { id: encodeId('Notebook', NOTEBOOK_ID) } };
      return { say: JSON.stringify({ id: uuid(), type: 'subscribe', payload }), isReady: true };
    },
    isEvent: (bytes) => bytes[0] === BRACE && bytes.compare(isNext, 0, isNext.length, 0, isNext.length) === 0,
    payloadOf: (message) => JSON.stringify((JSON.parse(message) as { payload: unknown }).payload),
  };
}

/** Engine.IO 4 and Socket.IO 5 over a WebSocket: `0` open, `40` connect, `2` ping, `42` event. */
export const socketioContestant: Contestant = {
  path: '/socket.io/?EIO=4&transport=websocket',
  greeting: () => null,
  answer: (message) => {
    if (message.startsWith('0')) return { say: '40', isReady: false };
    if (message.startsWith('40')) return { say: null, isReady: true };
    if (message === '2') return { say: '3', isReady: false };
    throw new Error(`Socket.IO said ${message}`);
  },
  isEvent: (bytes) => bytes[0] === DIGIT_4 && bytes[1] === DIGIT_2,
  payloadOf: (message) => JSON.stringify((JSON.parse(message.slice(2)) as [string, unknown])[1]),
};

/** Writes event number `index` to the log as the relay of `notes` does. */
export async function appendEvent(log: EventLog, index: number): Promise<void> {
  await log.append([
    {
      id: uuid(),
      name: notebookChanged.name,
      domain: notebookChanged.domain,
      aggregateId: NOTEBOOK_ID,
      payload: {
        notebookId: NOTEBOOK_ID,
        ownerId: NOTEBOOK_ID,
        kind: 'PAGE_READ',
        pageId: pageIdOf(index),
        importId: null,
      },
      traceparent: null,
      occurredAt: Date.now(),
      isReplayed: false,
    },
  ]);
}
