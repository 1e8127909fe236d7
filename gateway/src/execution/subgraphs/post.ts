import type { Dispatcher, Pool } from 'undici';

/** One POST, ready to be sent. */
export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The whole exchange must be over by then, in milliseconds from now. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/** The exchange took longer than it may. */
export class PostTimeout extends Error {
  override readonly name = 'PostTimeout';
}

/**
 * Sends a body and reads the answer as text. It uses the pool's dispatch directly: a stream and an abort signal for
 * each exchange would cost more than the exchange.
 */
export function post(pool: Pool, { path, headers, body, timeoutMs, signal }: Post): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(resolve, reject, timeoutMs, signal);
    pool.dispatch({ method: 'POST', path, headers, body }, exchange);
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#abort(toError(this.signal?.reason));
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: Error | undefined;
  #status = 0;

  constructor(
    private readonly resolve: (answer: PostAnswer) => void,
    private readonly reject: (error: Error) => void,
    timeoutMs: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.#timer = setTimeout(() => this.#abort(new PostTimeout()), timeoutMs);
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) controller.abort(this.#aborted);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.resolve({ status: this.#status, text: bytes.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.reject(this.#aborted ?? error);
  }

  /** A request that still waits for a connection has no controller: it is given up when it gets one. */
  #abort(reason: Error): void {
    this.#aborted ??= reason;
    if (this.#controller) return this.#controller.abort(reason);
    this.#end();
    this.reject(reason);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.signal?.removeEventListener('abort', this.#onAbort);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted');
}
