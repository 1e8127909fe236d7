import { Allowance } from './allowance';

/** Whole traces that clients may ask for, of one process: enough for somebody who looks for a fault. */
const asked = new Allowance({ burst: 50, eachSecond: 5 });

const SAMPLED = /[13579bdf]$/i;
const NOT_SAMPLED = '00';

/**
 * The `traceparent` of somebody outside as it is heeded: they may continue their trace, and have it recorded as a whole as long
 * as not too many ask for that; beyond it theirs is like any trace that was not sampled.
 */
export function heededTraceparent(traceparent: string, allowance: Pick<Allowance, 'take'> = asked): string {
  if (!SAMPLED.test(traceparent) || allowance.take()) return traceparent;
  return traceparent.slice(0, -NOT_SAMPLED.length) + NOT_SAMPLED;
}
