import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import type { FilteredDocument, RefusedField } from './filter-document';

/** The way through a response to what was refused: only the response names that lead there. */
export type ResponseShape = ReadonlyMap<string, ShapedField>;

/** A stand-in, or a field with one somewhere below it. */
export type ShapedField =
  | { readonly refused: RefusedField }
  | { readonly type: GraphQLOutputType; readonly below: ResponseShape; readonly refused?: undefined };

/**
 * Where the stand-ins of a filtered operation are in its responses. Fields that share a response name have types of the
 * same form, fragments or not (GraphQL specification, 5.3.2), so that one entry for each name is enough.
 */
export function responseShape(
  schema: GraphQLSchema,
  { document, operation, refused }: Pick<FilteredDocument, 'document' | 'operation' | 'refused'>,
): ResponseShape {
  const root = schema.getRootType(operation.operation);
  if (!root) return new Map();
  const fragments = fragmentsOf(document);
  const shape: MutableShape = new Map();
  const add = (set: SelectionSetNode, parent: GraphQLNamedType, into: MutableShape): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(selection.selectionSet, typeNamed(schema, selection.typeCondition?.name.value, parent), into);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) add(fragment.selectionSet, typeNamed(schema, fragment.typeCondition.name.value, parent), into);
        continue;
      }
      const name = (selection.alias ?? selection.name).value;
      const standIn = refused.get(name);
      if (standIn) {
        into.set(name, { refused: standIn });
        continue;
      }
      const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
      const type = fields[selection.name.value]?.type;
      if (!type || !selection.selectionSet) continue;
      const known = into.get(name);
      const below: MutableShape = known && !known.refused ? known.below : new Map<string, MutableField>();
      into.set(name, { type, below });
      add(selection.selectionSet, getNamedType(type), below);
    }
  };
  add(operation.selectionSet, root, shape);
  return pruned(shape);
}

type MutableShape = Map<string, MutableField>;
type MutableField =
  | { readonly refused: RefusedField }
  | { readonly type: GraphQLOutputType; readonly below: MutableShape; readonly refused?: undefined };

/** Without what leads nowhere: the rest of a response need not be looked at. */
function pruned(shape: MutableShape): ResponseShape {
  const kept = new Map<string, ShapedField>();
  for (const [name, field] of shape) {
    if (field.refused) kept.set(name, field);
    else {
      const below = pruned(field.below);
      if (below.size > 0) kept.set(name, { type: field.type, below });
    }
  }
  return kept;
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function typeNamed(schema: GraphQLSchema, name: string | undefined, otherwise: GraphQLNamedType): GraphQLNamedType {
  return (name === undefined ? undefined : schema.getType(name)) ?? otherwise;
}
