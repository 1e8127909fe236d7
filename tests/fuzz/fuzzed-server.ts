import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Signs the access tokens that the servers under test believe. */
export const FUZZ_SECRET = 'a-secret-of-the-fuzz-with-32-characters';

/** The servers under test in a process of their own: a crash is seen, and memory is theirs alone. */
export interface FuzzedServer {
  readonly port: number;
  /** How the process ended, if it has. */
  ended(): string | null;
  /** Bytes of the heap after a full garbage collection. */
  heapBytes(): Promise<number>;
  close(): Promise<void>;
}

export async function startFuzzedServer(): Promise<FuzzedServer> {
  const child = fork(join(__dirname, 'server.ts'), [FUZZ_SECRET], {
    execArgv: ['--expose-gc', '--conditions=terakoya-source', '--require', join(root, 'scripts', 'register.js')],
  });
  let end: string | null = null;
  child.once('exit', (code, signal) => (end = `code ${code}, signal ${signal}`));
  const { port } = await told<{ port: number }>(child);
  return {
    port,
    ended: () => end,
    async heapBytes() {
      child.send('heap');
      return (await told<{ heapBytes: number }>(child)).heapBytes;
    },
    async close() {
      if (end !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(60_000) })) as [T]; // server.ts sends it
  return message;
}
