import type { ServerResponse } from 'node:http';

import type { GraphQLError } from 'graphql';

import { UnauthenticatedError } from '@terakoya/common/errors';
import { toClientError } from '@terakoya/gateway/execution';

import type { RealtimeEvents } from '../events';
import type { Listener } from '../subscriptions/listener';
import type { Payload } from '../subscriptions/payload';
import { whenDrained } from './when-drained';

export interface StreamOptions {
  readonly maxBufferedBytes: number;
  readonly events: RealtimeEvents;
}

/** After how long a client connects again when a stream breaks off, in milliseconds; EventSource and graphql-sse obey. */
const RETRY_MS = 1_000;

const encodings = new WeakMap<Payload, Buffer>();

/**
 * One operation as server-sent events (HTML standard, section 9.2). A result is `next` with the cursor as its id, so that
 * whoever connects again goes on from there; the end is `complete`. A stream that ends without it is to be gone on with.
 */
export class EventStream implements Listener {
  constructor(
    private readonly response: ServerResponse,
    private readonly options: StreamOptions,
  ) {}

  open(): void {
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.response.write(`retry: ${RETRY_MS}\n\n`);
  }

  next(payload: Payload): void {
    if (this.#mayWrite()) this.response.write(encodings.get(payload) ?? encode(payload));
  }

  drained(): Promise<void> {
    return whenDrained(this.response);
  }

  error(errors: readonly GraphQLError[]): void {
    for (const { extensions } of errors) this.options.events.operationRefused(String(extensions.code));
    const told = JSON.stringify({ errors: errors.map((error) => error.toJSON()) });
    if (this.#mayWrite()) this.response.end(`event: next\ndata: ${told}\n\n${COMPLETE}`);
  }

  complete(): void {
    if (this.#mayWrite()) this.response.end(COMPLETE);
  }

  tooSlow(): void {
    this.options.events.tooSlow('event-stream');
    this.response.destroy();
  }

  /** The token has expired or the session has ended. */
  signedOut(): void {
    this.error([toClientError(new UnauthenticatedError('Sign in again, or refresh the session.'), () => undefined)]);
  }

  /** A comment now and then, so that whatever stands between does not take the stream for dead. */
  beat(): void {
    if (this.#mayWrite()) this.response.write(':\n\n');
  }

  /** Breaks off, to be gone on with. */
  restart(): void {
    if (!this.response.writableEnded) this.response.end();
  }

  #mayWrite(): boolean {
    if (this.response.writableEnded || this.response.destroyed) return false;
    if (this.response.writableLength <= this.options.maxBufferedBytes) return true;
    this.tooSlow();
    return false;
  }
}

/** The empty `data` is needed: an event without data is not dispatched. */
const COMPLETE = 'event: complete\ndata:\n\n';

function encode(payload: Payload): Buffer {
  const id = payload.cursor === null ? '' : `id: ${payload.cursor}\n`;
  const bytes = Buffer.from(`event: next\n${id}data: ${payload.text}\n\n`);
  encodings.set(payload, bytes);
  return bytes;
}
