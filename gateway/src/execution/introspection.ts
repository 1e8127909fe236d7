import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  executeSync,
  visit,
} from 'graphql';

import { collectFields } from './shape/collect-fields';
import { fragmentsIn } from './shape/document-reader';

/** Answers the parts of a query that ask for the schema. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Undefined when the document asks nothing of the schema. */
export function compileIntrospection(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Introspect | undefined {
  const root = schema.getQueryType();
  if (!root || definition.operation !== OperationTypeNode.QUERY || !mentionsSchema(document)) return undefined;
  const fragments = fragmentsIn(document);
  return (variables) => {
    const reading = { schema, fragments, variables, isDeferring: false };
    const asked = [...collectFields(reading, root, [definition.selectionSet]).values()].flat();
    const selections = asked.filter(({ name }) => META_FIELDS.has(name.value));
    if (selections.length === 0) return {};
    const { data } = executeSync({
      schema,
      document: only(selections, document, definition),
      variableValues: variables,
    });
    return data ?? {};
  };
}

function only(selections: readonly FieldNode[], document: DocumentNode, definition: OperationDefinitionNode) {
  const others = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const operation = { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  return { ...document, definitions: [operation, ...others] };
}

function mentionsSchema(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, { Field: ({ name }) => void (isFound ||= META_FIELDS.has(name.value)) });
  return isFound;
}
