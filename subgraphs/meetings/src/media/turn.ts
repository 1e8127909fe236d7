import { createHmac } from 'node:crypto';

import type { Secret } from '@terakoya/common/config';
import { ConfigurationError } from '@terakoya/common/errors';

/** A server that a client gathers ICE candidates from, as RTCIceServer has it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string | null;
  readonly credential: string | null;
}

export interface TurnOptions {
  /** TURN_SERVER as it stands: hosts or URLs, separated by commas. */
  readonly servers: string | undefined;
  readonly secret: Secret | undefined;
  readonly lifetimeSeconds: number;
}

/**
 * Makes the ICE servers of a user. Credentials are those of a TURN REST API (draft-uberti-behave-turn-rest-00), which
 * coturn checks with `use-auth-secret`: the user name is the time of expiry and the user, the password its HMAC-SHA1.
 */
export function createIceServers(options: TurnOptions, now: () => number = Date.now): (userId: string) => IceServer[] {
  const names = (options.servers ?? '').split(',').map((name) => name.trim());
  const urls = names.filter((name) => name !== '').flatMap(urlsOf);
  if (urls.length === 0) return () => [];
  const { secret, lifetimeSeconds } = options;
  if (!secret)
    throw new ConfigurationError('TURN_SERVER is set and TURN_SECRET is not: set it to the static-auth-secret.');
  return (userId) => {
    const username = `${Math.floor(now() / 1_000) + lifetimeSeconds}:${userId}`;
    const credential = createHmac('sha1', secret.reveal()).update(username).digest('base64');
    return [{ urls, username, credential }];
  };
}

/** A URL as it is; of a host every way in, the last through networks that let nothing out but port 443. */
function urlsOf(name: string): string[] {
  if (/^turns?:/.test(name)) return [name];
  const [host = '', port] = name.split(/:(?=\d+$)/);
  if (port !== undefined) return [`turn:${host}:${port}?transport=udp`, `turn:${host}:${port}?transport=tcp`];
  return [`turn:${host}:3478?transport=udp`, `turn:${host}:3478?transport=tcp`, `turns:${host}:443?transport=tcp`];
}
