import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

import { ForbiddenError } from '@terakoya/common/errors';

/** A page of another origin can send these only after a preflight, which `CORS_ORIGINS` decides. */
const PREFLIGHTED = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-csrf', 'authorization'] as const;

/** Content types that a form can send (Fetch standard, CORS-safelisted); every other one needs a preflight. */
const OF_FORMS = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Refuses a GET that an element of a foreign page, such as an image or a script, could have caused. It passes with a
 * header that needs a preflight, when it asks for GraphQL or JSON by name, or when the browser says that a script sent
 * it (then it has an `Origin` too, if it is foreign, and that is checked). A POST must be JSON, which needs a preflight.
 */
export function refuseForged(request: IncomingMessage): void {
  if (request.method !== 'GET' || isDeliberate(request.headers)) return;
  throw new ForbiddenError(
    'A GET must have an Accept header that names application/graphql-response+json or application/json, or a header ' +
      'such as `apollo-require-preflight`, so that no foreign page can cause it.',
  );
}

function isDeliberate(headers: IncomingHttpHeaders): boolean {
  if (PREFLIGHTED.some((name) => headers[name] !== undefined)) return true;
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && !OF_FORMS.has(type)) return true;
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'cors' || mode === 'same-origin';
  return /application\/(graphql-response\+)?json/i.test(headers.accept ?? '');
}
