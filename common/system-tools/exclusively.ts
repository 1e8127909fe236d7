import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 600_000;
const ASK_AGAIN_MS = 100;

export interface ExclusiveOptions {
  readonly report?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** How long others may hold it before this gives up. */
  readonly waitMs?: number;
}

/**
 * Does the work while no other process of this user on this machine does work of the same name. The lock is a socket
 * in Linux's abstract namespace: the kernel lets go of it when its holder dies, however it dies, so there is nothing
 * stale to take over. Other systems have no such names and go without: Homebrew has a lock of its own.
 */
export async function exclusively<T>(name: string, options: ExclusiveOptions, work: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return work();
  const held = await acquire(name, options);
  try {
    return await work();
  } finally {
    await new Promise((resolve) => held.close(resolve));
  }
}

async function acquire(name: string, { report, signal, waitMs = WAIT_MS }: ExclusiveOptions): Promise<Server> {
  const deadline = Date.now() + waitMs;
  const path = `\0terakoya-${process.getuid?.() ?? 0}-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  for (let attempt = 0; ; attempt += 1) {
    const held = await listen(path);
    if (held) return held;
    if (attempt === 0) report?.(`waiting for another process that is at work on ${name} …`);
    if (Date.now() >= deadline) throw new Error(`another process has been at work on ${name} for ${waitMs / 1000} s`);
    await delay(ASK_AGAIN_MS, undefined, { signal });
  }
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ path }, () => resolve(server));
  });
}
