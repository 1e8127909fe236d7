import { createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import type { Secret } from '../config';
import { UnauthenticatedError } from '../errors';
import { ROLES, type Viewer } from './viewer';

/** The header that says who is asking, from the gateway inwards. */
export const IDENTITY_HEADER = 'x-terakoya-identity';

const LIFETIME_MS = 30_000;

/** Who calls (`gateway`, `realtime`, `ocr-worker`) and for whom; `viewer` is null when nobody is signed in. */
export interface Identity {
  readonly caller: string;
  readonly viewer: Viewer | null;
}

const identitySchema = z.object({
  caller: z.string(),
  viewer: z.object({ userId: z.string(), role: z.enum(ROLES), sessionId: z.string() }).nullable(),
  expiresAt: z.number(),
});

export interface IdentityHeaders {
  /** The value of IDENTITY_HEADER, valid for 30 seconds. */
  sign(identity: Identity): string;
  /** The identity in the header, as Node.js gives it; throws UNAUTHENTICATED when it is missing, sent twice, forged or expired. */
  verify(header: string | string[] | undefined): Identity;
}

/** Signs and verifies the identity header: base64url(JSON) + '.' + base64url(HMAC-SHA256 of it). */
export function createIdentityHeaders(secret: Secret, now: () => number = Date.now): IdentityHeaders {
  const mac = (body: string): Buffer => createHmac('sha256', secret.reveal()).update(body).digest();
  return {
    sign(identity) {
      const body = Buffer.from(JSON.stringify({ ...identity, expiresAt: now() + LIFETIME_MS })).toString('base64url');
      return `${body}.${mac(body).toString('base64url')}`;
    },
    verify(header) {
      const [body = '', signature = ''] = typeof header === 'string' ? header.split('.') : [];
      const given = Buffer.from(signature, 'base64url');
      const wanted = mac(body);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw notFromGateway();
      const parsed = identitySchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      if (!parsed.success || parsed.data.expiresAt < now()) throw notFromGateway();
      return { caller: parsed.data.caller, viewer: parsed.data.viewer };
    },
  };
}

function notFromGateway(): UnauthenticatedError {
  return new UnauthenticatedError('This port answers the gateway only.');
}
