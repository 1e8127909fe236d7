import { createHmac, timingSafeEqual } from 'node:crypto';

import type { Secret } from '../config';

/** What a signed URL of the folder store allows, and until when (seconds since the epoch). */
export interface Grant {
  readonly method: 'PUT' | 'GET';
  readonly key: string;
  readonly expires: number;
  /** For an upload: its exact type and size. For a download: the file name, or nothing. */
  readonly bound: string;
}

/** HMAC-SHA256 over everything that the URL allows, base64url. */
export function signGrant(secret: Secret, { method, key, expires, bound }: Grant): string {
  return createHmac('sha256', secret.reveal()).update([method, key, expires, bound].join('\n')).digest('base64url');
}

export function isSignedGrant(secret: Secret, grant: Grant, signature: string): boolean {
  const wanted = Buffer.from(signGrant(secret, grant));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** The bound of an upload as it is signed. */
export function uploadBound(contentType: string, size: number): string {
  return `${contentType};${size}`;
}
