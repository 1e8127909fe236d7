import { UnavailableError, messageOf } from '../errors';
import { type ToolCommand, findTool } from './find-tool';
import { type Report, requireTool } from './require-tool';
import type { ToolName } from './tools';

export interface PreparedToolOptions {
  /** What cannot be done without the tool, at the beginning of a sentence: `Recording`. */
  readonly purpose: string;
  readonly report: Report;
  /** How long after a failure it is not tried again; a minute without it. */
  readonly retryMs?: number;
}

const RETRY_MS = 60_000;

/** A tool that is got in the background, which may take minutes; whoever wants it meanwhile is told so at once. */
export class PreparedTool {
  readonly #closing = new AbortController();
  #getting: Promise<ToolCommand> | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;

  constructor(
    private readonly name: ToolName,
    private readonly options: PreparedToolOptions,
  ) {}

  /** Begins to get the tool when it is missing. What fails is reported. */
  prepare(): void {
    if (!findTool(this.name)) this.#get().catch(() => undefined); // it has been reported
  }

  /** The tool; UNAVAILABLE while it is being got, and when it could not be had: the same call may succeed later. */
  take(): ToolCommand {
    const present = findTool(this.name);
    if (present) return present;
    const failure = this.#recentFailure;
    if (failure) throw this.#missing(failure.error);
    this.prepare();
    throw new UnavailableError(`${this.options.purpose} is being prepared. Try again in a minute.`);
  }

  /** The tool as soon as it is there; UNAVAILABLE when it cannot be had. The signal ends the waiting. */
  async wait(signal: AbortSignal): Promise<ToolCommand> {
    const present = findTool(this.name);
    if (present) return present;
    try {
      return await Promise.race([this.#get(), aborted(signal)]);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#missing(error);
    }
  }

  /** Ends the package manager where it runs for this. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('it is no longer wanted'));
    await this.#getting?.catch(() => undefined);
  }

  get #recentFailure() {
    const { retryMs = RETRY_MS } = this.options;
    return this.#failure && Date.now() - this.#failure.at < retryMs ? this.#failure : undefined;
  }

  async #get(): Promise<ToolCommand> {
    const failure = this.#recentFailure;
    if (failure) throw failure.error;
    this.#getting ??= this.#require().finally(() => (this.#getting = undefined));
    return this.#getting;
  }

  async #require(): Promise<ToolCommand> {
    const { report } = this.options;
    try {
      return await requireTool(this.name, { report, signal: this.#closing.signal });
    } catch (error) {
      this.#failure = { error, at: Date.now() };
      if (!this.#closing.signal.aborted) report(messageOf(error));
      throw error;
    }
  }

  #missing(cause: unknown): UnavailableError {
    return new UnavailableError(`${this.options.purpose} is not possible here: there is no ${this.name}.`, cause);
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  throw signal.reason;
}
