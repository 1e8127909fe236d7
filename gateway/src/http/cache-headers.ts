import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Answer } from './run-request';

/**
 * Says how long a browser or a proxy may keep the response to a GET (RFC 9111), by `@cacheControl`; without it the
 * response must be asked for again, which costs its ETag only when nothing has changed. `not-modified` when the client
 * has this very response.
 */
export function setCacheHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { body, policy }: Answer,
): 'send' | 'not-modified' {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  response.setHeader('etag', etag);
  response.setHeader('vary', 'Origin, Accept, Authorization');
  const scope = policy?.scope === 'PUBLIC' ? 'public' : 'private';
  response.setHeader('cache-control', policy ? `max-age=${policy.maxAge}, ${scope}` : 'private, no-cache');
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*') ? 'not-modified' : 'send';
}
