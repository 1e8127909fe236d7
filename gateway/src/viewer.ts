import type { IncomingMessage } from 'node:http';

import type { AccessTokens, Viewer } from '@terakoya/common/auth';
import { UnauthenticatedError } from '@terakoya/common/errors';

/** Who sends a request: null without a token, UNAUTHENTICATED for one that is not valid. */
export function viewerOf(request: IncomingMessage, accessTokens: AccessTokens): Viewer | null {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const [scheme = '', token = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'bearer')
    throw new UnauthenticatedError('The Authorization header must be `Bearer <access token>`.');
  return accessTokens.verify(token).viewer;
}
