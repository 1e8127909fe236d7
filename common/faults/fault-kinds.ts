import { z } from 'zod';

/** Every way in which a process can be broken on purpose, with what it takes. Which of them a service has, it offers. */
export const FAULT_KINDS = {
  /** Every request waits before it is handled. */
  slow: z.object({ ms: z.number().int().min(1).max(60_000).default(2_000) }),
  /** A share of the requests is answered with 500. */
  failing: z.object({ share: z.number().min(0.01).max(1).default(1) }),
  /** The process dies as by `kill -9`, at its next request or job. */
  crash: z.object({}),
  /** Jobs stay in the queue. */
  'queue-stall': z.object({}),
  /** Redis answers nobody. */
  'redis-pause': z.object({}),
  /** Calls to vendors fail as if the vendor were down (5xx) or busy (429). */
  'vendor-errors': z.object({ failure: z.enum(['down', 'busy']).default('down') }),
  /** Memory that is never given back. */
  'memory-leak': z.object({ mbPerSecond: z.number().min(0.1).max(100).default(10) }),
  /** A mediasoup worker dies as by `kill -9`. */
  'media-worker-death': z.object({}),
  /** The process's clock is wrong. */
  'clock-skew': z.object({ skewSeconds: z.number().int().min(-86_400).max(86_400).default(120) }),
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;
export type FaultParameters<K extends FaultKind> = z.output<(typeof FAULT_KINDS)[K]>;

/** A fault ends by itself, so that one that is forgotten does not stay. */
export const faultDuration = z.object({ seconds: z.number().min(1).max(3_600).default(60) });

export function isFaultKind(name: string): name is FaultKind {
  return Object.hasOwn(FAULT_KINDS, name);
}
