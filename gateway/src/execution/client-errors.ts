import { GraphQLError } from 'graphql';

import { isSchoolError, messageOf } from '@terakoya/common/errors';

import { MASKED, isKnownCode, safeFacts } from './response-errors';

/** Told of everything that a client is not shown. */
export type OnUnexpected = (error: unknown) => void;

/**
 * What a client may see of an error. One with a code of ours keeps its message, code and details (subgraphs mask what
 * they do not know); everything else becomes INTERNAL_SERVER_ERROR at the same place.
 */
export function toClientError(error: unknown, onUnexpected: OnUnexpected): GraphQLError {
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  if (isSchoolError(error)) {
    return new GraphQLError(error.message, { extensions: { code: error.code, ...error.details } });
  }
  const extensions = error instanceof GraphQLError ? safeFacts(error.extensions) : {};
  if (isKnownCode(extensions.code)) return new GraphQLError(messageOf(error), { ...place, extensions });
  onUnexpected(error);
  return new GraphQLError(MASKED, {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

/** An error of the GraphQL language itself: syntax, validation, variables. Its message is for the client. */
export function toRequestError(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...placeOf(error),
    extensions: { code: 'BAD_USER_INPUT', ...safeFacts(error.extensions) },
  });
}

function placeOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes, source, positions, path };
}
