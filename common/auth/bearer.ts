import { UnauthenticatedError } from '../errors';

/** The token of an `Authorization` value (RFC 6750); null without one, UNAUTHENTICATED when it is of another form. */
export function readBearerToken(authorization: string | undefined): string | null {
  if (authorization === undefined || authorization === '') return null;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) throw new UnauthenticatedError('The Authorization header must be `Bearer <access token>`.');
  return token;
}
