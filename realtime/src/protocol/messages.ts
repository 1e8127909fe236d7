import { type Message, MessageType, parseMessage } from 'graphql-ws';

/** A message that a client may send; null for anything else. */
export type ClientMessage = Extract<Message, { type: (typeof FROM_CLIENTS)[number] }>;

const FROM_CLIENTS = [
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
] as const;

/** Reads a message as graphql-transport-ws defines it; null when it is none, or none that a client may send. */
export function readMessage(text: string): ClientMessage | null {
  try {
    const message = parseMessage(text);
    return isFromClient(message) ? message : null;
  } catch {
    return null;
  }
}

function isFromClient(message: Message): message is ClientMessage {
  return FROM_CLIENTS.some((type) => type === message.type);
}

/**
 * The beginning of every `next` message of one operation: the payload and MESSAGE_TAIL follow, as they are, so that a
 * result for many is made into text once.
 */
export function nextMessageHead(id: string): string {
  return `{"id":${JSON.stringify(id)},"type":"next","payload":`;
}

export const MESSAGE_TAIL = '}';
