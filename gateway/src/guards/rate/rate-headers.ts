import type { ServerResponse } from 'node:http';

import type { RateDecision } from './rate-limit';

/**
 * Tells the client how it stands, in the fields of the IETF draft `draft-ietf-httpapi-ratelimit-headers-10`: the policy
 * (`q` units in `w` seconds), what remains of it (`r`) and in how many seconds all of it is there again (`t`).
 */
export function setRateHeaders(response: ServerResponse, { buckets, refusedBy, retryAfterMs }: RateDecision): void {
  if (buckets.length === 0) return;
  const policies = buckets.map(({ limit: { name, units, windowMs } }) => `"${name}";q=${units};w=${windowMs / 1000}`);
  const states = buckets.map(({ limit: { name }, remaining, fullInMs }) => {
    return `"${name}";r=${remaining};t=${Math.ceil(fullInMs / 1000)}`;
  });
  response.setHeader('ratelimit-policy', policies.join(', '));
  response.setHeader('ratelimit', states.join(', '));
  if (refusedBy) response.setHeader('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1000))));
}
