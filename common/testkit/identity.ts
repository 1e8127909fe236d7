import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, type Role, type Viewer, createIdentityHeaders } from '../auth';
import { Secret } from '../config';

/** The secret of identity headers in tests. */
export const testIdentity = { secret: 'test-identity-secret-of-32-characters!' } as const;

const headers = createIdentityHeaders(new Secret(testIdentity.secret));

/** A viewer, and a way to ask a subgraph on their behalf as the gateway does. */
export function asViewer(role: Role | null, userId: string = uuid()) {
  const viewer: Viewer | null = role === null ? null : { userId, role, sessionId: uuid() };
  return {
    userId,
    viewer,
    async ask(base: string, query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: headers.sign({ caller: 'gateway', viewer }) },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(20_000),
      });
      const body = JSON.parse(await response.text());
      return {
        data: body.data,
        errors: body.errors ?? [],
        code: body.errors?.[0]?.extensions?.code as string | undefined,
      };
    },
  };
}
