import type { TypedDocumentString } from '../generated/graphql';
import { GraphError } from '../school/client';
import type { MeetingGraph } from './graph';

type Variables = { id: string; after?: string | null };

export interface ChangeFeedOptions<R> {
  readonly graph: Pick<MeetingGraph, 'watch'>;
  readonly document: TypedDocumentString<R, Variables>;
  readonly id: string;
  /** From where on. */
  readonly after: string;
  readonly cursorOf: (data: R) => string;
  readonly onChange: (data: R) => void;
  /** It cannot be gone on with: what is known must be loaded anew. Told once. */
  readonly onLost: (error: GraphError) => void;
}

/** Errors after which the same subscription cannot be opened again. */
const LOST = new Set(['NOT_FOUND', 'CURSOR_EXPIRED', 'BAD_USER_INPUT', 'FORBIDDEN']);
const AGAIN_MS = 1_000;

/** Changes of one thing, each once and none left out, over however many connections. */
export class ChangeFeed<R> {
  #after: string;
  #stop: (() => void) | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(private readonly options: ChangeFeedOptions<R>) {
    this.#after = options.after;
    this.#open();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.#stop?.();
  }

  #open(): void {
    const { graph, document, id, cursorOf, onChange } = this.options;
    this.#stop = graph.watch<R, Variables>(
      document,
      () => ({ id, after: this.#after }),
      (data) => {
        if (this.#isClosed) return;
        this.#after = cursorOf(data);
        onChange(data);
      },
      (error) => this.#onError(error),
    );
  }

  /** A change that could not be told is told again by a new subscription behind the one before it. */
  #onError(error: GraphError): void {
    if (this.#isClosed) return;
    if (LOST.has(error.code)) {
      this.close();
      this.options.onLost(error);
      return;
    }
    this.#stop?.();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#open(), AGAIN_MS);
  }
}
