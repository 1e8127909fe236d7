import { type Attributes, type Link, type Span, type SpanContext, SpanKind, SpanStatusCode } from '@opentelemetry/api';

/**
 * Spans of traces that were not sampled. They are plain objects that wait in memory until the work of this process for
 * the trace ends; only when it has failed or was slow are they exported, late. Docs: docs/observability.md.
 */
export interface LateTraces {
  /** The share of new traces that are sampled, 0..1. */
  readonly sampled: number;
  /** Work that takes so long is worth a trace, in milliseconds. */
  readonly slowMs: number;
  /** Takes what is kept: the spans of one piece of work, the children first. */
  readonly keep: (spans: readonly LateSpan[]) => void;
}

export interface LateSpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly parent: SpanContext | undefined;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  /** Read when the span is kept. */
  readonly links?: () => readonly Link[];
  /** It lasts as long as somebody wants it to, such as a stream: never slow. */
  readonly isOpenEnded?: boolean;
}

/** Spans of one piece of work that are held at most; what comes after them is lost. */
const MOST_SPANS = 128;

/** One piece of work in this process: a request, a job, an event. */
export class LateWork {
  readonly #startMs: number;
  readonly #spans: LateSpan[] = [];
  #isFailed = false;
  #isKept: boolean | undefined;

  /** `startMs` is Infinity of what is never slow. */
  constructor(
    private readonly traces: LateTraces,
    startMs: number,
  ) {
    this.#startMs = startMs;
  }

  fail(): void {
    this.#isFailed = true;
  }

  /** Whether it is certain by now that its spans are going to be kept. */
  isWorthKeeping(nowMs: number): boolean {
    return this.#isKept ?? (this.#isFailed || nowMs - this.#startMs >= this.traces.slowMs);
  }

  /** A span has ended; `isLast` when it is the one that all others stand under. */
  ended(span: LateSpan, isLast: boolean): void {
    if (this.#isKept !== undefined) return this.#straggler(span);
    if (this.#spans.length < MOST_SPANS || isLast) this.#spans.push(span);
    if (!isLast) return;
    this.#isKept = this.#isFailed || this.#isSlow(span);
    if (this.#isKept) this.traces.keep(this.#spans);
    this.#spans.length = 0;
  }

  /** It ended after the work it belonged to. */
  #straggler(span: LateSpan): void {
    if (this.#isKept || span.isFailed || this.#isSlow(span)) this.traces.keep([span]);
  }

  #isSlow({ start: { startMs, isOpenEnded }, endMs }: LateSpan): boolean {
    return !isOpenEnded && endMs - startMs >= this.traces.slowMs;
  }
}

/** A span that costs little more than its memory. */
export class LateSpan implements Span {
  readonly attributes: Attributes;
  endMs = 0;
  isFailed = false;
  /** What failed, as a code. */
  failure: string | undefined;
  name: string;
  readonly #isRoot: boolean;

  constructor(
    readonly start: LateSpanStart,
    private readonly own: SpanContext,
    /** The work it is a part of. */
    readonly work: LateWork,
    isRoot: boolean,
  ) {
    this.name = start.name;
    this.attributes = start.attributes;
    this.#isRoot = isRoot;
  }

  spanContext(): SpanContext {
    return this.own;
  }

  setAttribute(key: string, value: Attributes[string]): this {
    this.attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    Object.assign(this.attributes, attributes);
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  /** Ordinary refusals have the status ERROR too; whether the work has failed is told by `fail`. */
  setStatus({ code, message }: { code: SpanStatusCode; message?: string }): this {
    if (code !== SpanStatusCode.ERROR) return this;
    this.isFailed = true;
    this.failure = message;
    return this;
  }

  updateName(name: string): this {
    this.name = name;
    return this;
  }

  recordException(): void {
    // The type of the error is the attribute error.type, and its stack is in the log line of the same trace.
  }

  isRecording(): boolean {
    return this.endMs === 0;
  }

  end(endTime?: unknown): void {
    if (this.endMs !== 0) return;
    this.endMs = typeof endTime === 'number' ? endTime : nowMs();
    this.work.ended(this, this.#isRoot);
  }
}

/** Milliseconds since the epoch, with the fraction that `Date.now` has not. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

const SPAN_ID = Buffer.alloc(8);
const TRACE_ID = Buffer.alloc(16);

/** A random id of a span: 16 hexadecimal digits. */
export function newSpanId(): string {
  return randomHex(SPAN_ID);
}

/** A random id of a trace: 32 hexadecimal digits. */
export function newTraceId(): string {
  return randomHex(TRACE_ID);
}

/** Ids need no secrecy, only to be different; zeros alone would be no id. */
function randomHex(bytes: Buffer): string {
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(Math.random() * 0x1_0000_0000, at);
  bytes[0] ||= 1;
  return bytes.toString('hex');
}
