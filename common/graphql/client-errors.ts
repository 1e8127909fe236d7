import { ArgumentValidationError } from 'type-graphql';
import { GraphQLError } from 'graphql';

import { BadInputError, SchoolError, isSchoolError } from '../errors';

/**
 * What a client may see of an error. Known errors keep their message, code and details; what breaks the GraphQL
 * language itself keeps its message; everything else becomes INTERNAL_SERVER_ERROR and is told to `onUnexpected`.
 */
export function toClientError(error: unknown, onUnexpected: (error: unknown) => void): GraphQLError {
  const graphqlError = error instanceof GraphQLError ? error : undefined;
  const origin = graphqlError ? graphqlError.originalError : error;
  const known = knownError(origin);
  const place = {
    nodes: graphqlError?.nodes,
    source: graphqlError?.source,
    positions: graphqlError?.positions,
    path: graphqlError?.path,
  };
  if (known) {
    return new GraphQLError(known.message, { ...place, extensions: { code: known.code, ...known.details } });
  }
  if (graphqlError && !origin) {
    return new GraphQLError(graphqlError.message, {
      ...place,
      extensions: { code: 'BAD_USER_INPUT', ...graphqlError.extensions },
    });
  }
  onUnexpected(origin ?? error);
  return new GraphQLError('Something failed inside. The trace id leads to it.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

function knownError(origin: unknown): SchoolError | undefined {
  if (isSchoolError(origin)) return origin;
  if (origin instanceof ArgumentValidationError) return fromValidation(origin);
  if (origin instanceof GraphQLError && typeof origin.extensions.code === 'string' && !origin.originalError) {
    return new BadInputError('argument', origin.message);
  }
  return undefined;
}

interface ValidationProblem {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly ValidationProblem[];
}

/** class-validator reports a tree; the first leaf names the field and the rule. */
function fromValidation(error: ArgumentValidationError): SchoolError {
  const problems = error.extensions.validationErrors as readonly ValidationProblem[]; // type-graphql types it as unknown
  const found = firstLeaf(problems, []);
  return found ? new BadInputError(found.path, found.rule) : new BadInputError('argument', 'breaks a rule');
}

function firstLeaf(
  problems: readonly ValidationProblem[],
  path: readonly string[],
): { path: string; rule: string } | null {
  for (const { property, constraints = {}, children = [] } of problems) {
    const here = [...path, property];
    const [rule] = Object.values(constraints);
    if (rule) return { path: here.join('.'), rule: rule.replace(new RegExp(`^${property} `), '') };
    const below = firstLeaf(children, here);
    if (below) return below;
  }
  return null;
}
