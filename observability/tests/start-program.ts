import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A program that runs as services do: the one of these tests, if no other is named. */
export interface StartedProgram {
  readonly url: string;
  /** The ids of the trace in which a path was answered, and the status. */
  ask(path: string, traceparent?: string): Promise<{ status: number; traceId: string }>;
  metrics(): Promise<string>;
  /** What it has written on standard output. */
  readonly output: () => string;
  /** Asks it to end; gives its exit code. */
  stop(): Promise<number | null>;
}

const OWN = [join(__dirname, 'traced-program.ts')];

export async function startProgram(
  environment: Readonly<Record<string, string>>,
  program: readonly string[] = OWN,
): Promise<StartedProgram> {
  const flags = ['--conditions=terakoya-source', '--require', join(ROOT, 'scripts', 'register.js')];
  const preload = ['--require', join(ROOT, 'observability', 'preload.ts')];
  const child = spawn(process.execPath, [...flags, ...preload, ...program], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, OTEL_SERVICE_NAME: 'traced', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]; // what runService sends
  const base = `http://127.0.0.1:${port}`;
  return {
    url: base,
    async ask(path, traceparent) {
      const headers = traceparent === undefined ? undefined : { traceparent };
      const response = await fetch(base + path, { headers, signal: AbortSignal.timeout(10_000) });
      const { trace_id: traceId = '' } = JSON.parse(await response.text()) as { trace_id?: string };
      return { status: response.status, traceId };
    },
    metrics: async () =>
      (await fetch(`${base}/metrics`, { headers: { accept: 'application/openmetrics-text' } })).text(),
    output: () => output,
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}
