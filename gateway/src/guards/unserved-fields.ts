import { GraphQLError } from 'graphql';

import type { DocumentFacts } from './graph-guards';

/** An error for each root field of the operation that is not served here. */
export function fieldsServedElsewhere(
  { rootFields }: DocumentFacts,
  elsewhere: ReadonlySet<string> = new Set(),
): readonly GraphQLError[] {
  if (elsewhere.size === 0) return [];
  return [...rootFields.keys()]
    .filter((field) => elsewhere.has(field))
    .map((field) => {
      const message = `${field} is not served over this connection: send it to the same URL over HTTP.`;
      return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
    });
}
