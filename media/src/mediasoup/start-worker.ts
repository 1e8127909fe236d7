import { createWorker, type types } from 'mediasoup';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Starts a worker that lives until it is closed. mediasoup closes its workers as soon as the process is sent SIGTERM, when
 * the node has yet to drain: what it added to listen for that is taken off again.
 */
export function startWorker(settings: types.WorkerSettings): Promise<types.Worker> {
  const known = new Set<unknown>(SIGNALS.flatMap((signal) => process.listeners(signal)));
  const starting = createWorker(settings); // which adds them before it waits for anything
  for (const signal of SIGNALS) {
    for (const added of process.listeners(signal).filter((listener) => !known.has(listener))) {
      process.removeListener(signal, added);
    }
  }
  return starting;
}
