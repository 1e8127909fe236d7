import { type Closable, closeInReverse } from './closing';

/** A part of the school that can be started and closed once. `port` is where it listens. */
export interface Service {
  start(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  /** How long closing may take where that is longer than usual, in milliseconds. */
  readonly closingMs?: number;
}

/**
 * Makes a service of an `open` function that says `opened(resource)` for whatever must be closed again. When opening
 * fails half-way, what was opened is closed before the error is thrown on. Closing twice is closing once.
 */
export function createService(
  open: (opened: <R extends Closable>(resource: R) => R) => Promise<{ readonly port: number }>,
): Service {
  const resources: Closable[] = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeInReverse(resources));
  return {
    async start() {
      try {
        return await open((resource) => {
          resources.push(resource);
          return resource;
        });
      } catch (error) {
        await close();
        throw error;
      }
    },
    close,
  };
}
