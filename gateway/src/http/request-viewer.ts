import { type AccessTokens, type Viewer, readBearerToken } from '@terakoya/common/auth';

/** Who sends the request by its `Authorization` header: null without one, UNAUTHENTICATED when it is not valid. */
export function viewerOf(authorization: string | undefined, accessTokens: AccessTokens): Viewer | null {
  const token = readBearerToken(authorization);
  return token === null ? null : accessTokens.verify(token).viewer;
}
