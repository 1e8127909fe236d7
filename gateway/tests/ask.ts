import { type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { type Role } from '@terakoya/common/auth';

import { tokenFor } from './open-gateway';

/** Headers of a user with a role in the school. */
export function signedIn(role: Role, userId = `a ${role}`): Record<string, string> {
  return { authorization: `Bearer ${tokenFor(60, { role, userId })}` };
}

/** Sends one body to `/graphql` and reads what comes back. */
export async function post(base: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Sends the parameters of one operation in the URL. */
export async function get(base: string, parameters: Record<string, unknown>, headers: Record<string, string> = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const response = await fetch(`${base}/graphql?${search.toString()}`, {
    headers: { accept: 'application/json', ...headers },
    signal: AbortSignal.timeout(10_000),
  });
  const content = await response.text();
  return { status: response.status, headers: response.headers, body: content === '' ? null : JSON.parse(content) };
}

/** A GET with these headers alone; `fetch` adds some of its own. */
export async function getPlainly(base: string, path: string, headers: Record<string, string>) {
  const sent = request(`${base}${path}`, { headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: JSON.parse(await text(response)) };
}
