import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeInfo,
  isAbstractType,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { AppliedDirective } from '../applied-directives';

/** A subscription whose results are the same for everybody who may hear of its events. */
export interface Sharing {
  /** The variables its results depend on: those used below the root field, in the order of the document. */
  readonly variables: readonly string[];
}

/** The fields that `@sameForAll` declares: whoever may see the object gets the same value, and may see all it leads to. */
export class SameForAll {
  readonly #fields = new Set<string>();

  constructor(directives: readonly AppliedDirective[]) {
    for (const { name, place } of directives) {
      if (name === 'sameForAll') this.#fields.add(`${place.type}.${place.field}`);
    }
  }

  has(type: string, field: string): boolean {
    return this.#fields.has(`${type}.${field}`);
  }

  /** How the results of a subscription can be shared; null when a field of it is not declared: then never. */
  sharingOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Sharing | null {
    const [root] = operation.selectionSet.selections;
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION || root?.kind !== Kind.FIELD) return null;
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    if (![operation, ...fragments].every((node) => this.#isDeclared(schema, node))) return null;
    const below = [root.selectionSet, ...fragments].flatMap((node) => (node ? variablesIn(node) : []));
    return { variables: [...new Set(below)] };
  }

  #isDeclared(schema: GraphQLSchema, node: DocumentNode['definitions'][number]): boolean {
    const types = new TypeInfo(schema);
    let isDeclared = true;
    const check = visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        if (!parent) return void (isDeclared = false);
        if (name.value === '__typename') return;
        const resolved = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        if (!resolved.every((type) => this.has(type.name, name.value))) isDeclared = false;
      },
    });
    visit(node, check);
    return isDeclared;
  }
}

function variablesIn(node: SelectionSetNode | DocumentNode['definitions'][number]): string[] {
  const names: string[] = [];
  visit(node, { Variable: ({ name }) => void names.push(name.value) });
  return names;
}
