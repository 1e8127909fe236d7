import jwt from 'jsonwebtoken';
import { z } from 'zod';

import type { Secret } from '../config';
import { UnauthenticatedError } from '../errors';
import { ROLES, type Viewer } from './viewer';

const ISSUER = 'terakoya';
const claimsSchema = z.object({ sub: z.string(), role: z.enum(ROLES), sid: z.string(), exp: z.number() });

export interface AccessTokens {
  sign(viewer: Viewer, lifetimeSeconds: number): { token: string; expiresAt: Date };
  /** The viewer of a valid token; throws UNAUTHENTICATED for one that is forged, foreign or expired. */
  verify(token: string): { viewer: Viewer; expiresAt: Date };
}

/** Access tokens: JWT signed with HMAC-SHA256 (RFC 7519), lifetime in seconds. */
export function createAccessTokens(secret: Secret): AccessTokens {
  return {
    sign(viewer, lifetimeSeconds) {
      const expiresAt = new Date((Math.floor(Date.now() / 1000) + lifetimeSeconds) * 1000);
      const claims = { sub: viewer.userId, role: viewer.role, sid: viewer.sessionId, exp: expiresAt.getTime() / 1000 };
      return { token: jwt.sign(claims, secret.reveal(), { algorithm: 'HS256', issuer: ISSUER }), expiresAt };
    },
    verify(token) {
      try {
        const claims = claimsSchema.parse(
          jwt.verify(token, secret.reveal(), { algorithms: ['HS256'], issuer: ISSUER }),
        );
        return {
          viewer: { userId: claims.sub, role: claims.role, sessionId: claims.sid },
          expiresAt: new Date(claims.exp * 1000),
        };
      } catch (cause) {
        throw new UnauthenticatedError('The access token is invalid or expired: refresh the session.', cause);
      }
    },
  };
}
