import { join } from 'node:path';

import { Piscina } from 'piscina';

import { ERROR_CODES, type ErrorCode, SchoolError, TimedOutError, UnavailableError, messageOf } from '../errors';
import { currentTraceparent, gauge, histogram, recordSpan } from '../telemetry';
import type { ThreadReply } from './thread-task';

export interface PoolOptions {
  /** In metrics and spans. */
  readonly name: string;
  /** The thread file without its ending: it exports `run`, made by `threadTask`. */
  readonly file: string;
  readonly threads: number;
  /** How much this process may grow while tasks run, in MiB; beyond it they are ended. */
  readonly memoryMb: number;
}

export interface PoolRun {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Threads for work that would block the event loop. */
export interface Pool {
  /** Runs one task; its thread is ended when the time is over, the signal fires, or memory runs out. */
  run<O>(input: unknown, run: PoolRun): Promise<O>;
  close(): Promise<void>;
}

const WATCH_MS = 100;
const MEBIBYTE = 1024 * 1024;

const ran = histogram('terakoya_thread_run_seconds', 'Time a task ran in a thread.', ['pool', 'outcome']);
const waiting = gauge('terakoya_thread_queue', 'Tasks that wait for a thread.', ['pool']);
const utilisation = gauge('terakoya_thread_utilisation', 'Share of the threads that is busy, 0 to 1.', ['pool']);

export function createPool(options: PoolOptions): Pool {
  const piscina = new Piscina({
    ...threadFile(options.file),
    name: 'run',
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 60_000,
    recordTiming: true,
    workerHistogram: false,
  });
  const running = new Set<AbortController>();
  const watch = watchMemory(options, running);
  return {
    async run<O>(input: unknown, { signal, timeoutMs }: PoolRun) {
      const controller = new AbortController();
      const timer = setTimeout(
        () => controller.abort(new TimedOutError(`A task of ${options.name}`, timeoutMs)),
        timeoutMs,
      );
      const askedAt = Date.now();
      running.add(controller);
      observe(piscina, options.name);
      try {
        const reply = (await piscina.run(input, {
          signal: AbortSignal.any([signal, controller.signal]),
        })) as ThreadReply; // threadTask made it
        return unwrap<O>(reply, options.name, askedAt);
      } catch (error) {
        throw translate(error, controller.signal.aborted ? controller.signal : signal);
      } finally {
        clearTimeout(timer);
        running.delete(controller);
        observe(piscina, options.name);
      }
    },
    async close() {
      clearInterval(watch);
      await piscina.destroy();
    },
  };
}

/** From source a thread compiles like its process does; a built thread is plain JavaScript. */
function threadFile(file: string): { filename: string; execArgv?: string[] } {
  if (!__filename.endsWith('.ts')) return { filename: `${file}.js` };
  const register = join(__dirname, '..', '..', 'scripts', 'register.js');
  return { filename: `${file}.ts`, execArgv: ['--conditions=terakoya-source', '--require', register] };
}

/** A task that eats memory takes its thread with it: when it ran alone it is to blame, else those who ran may try again. */
function watchMemory({ memoryMb, name }: PoolOptions, running: Set<AbortController>): NodeJS.Timeout {
  let idle = process.memoryUsage.rss();
  return setInterval(() => {
    const rss = process.memoryUsage.rss();
    if (running.size === 0) idle = rss;
    if (rss - idle <= memoryMb * MEBIBYTE) return;
    const reason =
      running.size === 1
        ? new SchoolError('DOCUMENT_TOO_COMPLEX', `It needs more than the ${memoryMb} MiB of memory a page may take.`)
        : new UnavailableError(`The threads of ${name} ran out of memory.`);
    for (const controller of running) controller.abort(reason);
    idle = rss;
  }, WATCH_MS).unref();
}

function unwrap<O>({ startedAt, endedAt, result, error }: ThreadReply, pool: string, askedAt: number): O {
  ran.observe({ pool, outcome: error ? 'failed' : 'succeeded' }, (endedAt - startedAt) / 1000);
  if (currentTraceparent() !== null) {
    const attributes = { 'terakoya.wait_ms': Math.max(0, startedAt - askedAt) };
    recordSpan(`thread ${pool}`, { startedAt, endedAt, attributes });
  }
  if (!error) return result as O; // the caller knows what its thread returns
  throw error.code !== null && error.code in ERROR_CODES
    ? new SchoolError(error.code as ErrorCode, error.message) // checked just above
    : new Error(`A thread of ${pool} failed: ${error.message}`);
}

function translate(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted)
    return signal.reason instanceof Error ? signal.reason : new SchoolError('CANCELLED', 'The task was cancelled.');
  if (error instanceof SchoolError) return error;
  if (/heap out of memory|ERR_WORKER_OUT_OF_MEMORY|memory access|Aborted\(/.test(messageOf(error))) {
    return new SchoolError('DOCUMENT_TOO_COMPLEX', 'It needs more memory than a page may take.', { cause: error });
  }
  return error;
}

function observe(piscina: Piscina, pool: string): void {
  waiting.set({ pool }, piscina.queueSize);
  utilisation.set({ pool }, piscina.utilization);
}
