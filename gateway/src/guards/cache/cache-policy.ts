import {
  type DocumentNode,
  Kind,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  getNamedType,
  isCompositeType,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { AppliedDirective } from '../applied-directives';

/** How long a response may be kept, in seconds (more than 0), and whether others may be shown it. */
export interface CachePolicy {
  readonly maxAge: number;
  readonly scope: 'PUBLIC' | 'PRIVATE';
}

interface CacheHint {
  readonly maxAge: number | null;
  readonly scope: 'PUBLIC' | 'PRIVATE' | null;
  readonly inheritMaxAge: boolean;
}

/** What `@cacheControl` says of types and fields. */
export class CacheHints {
  readonly #hints = new Map<string, CacheHint>();

  constructor(directives: readonly AppliedDirective[]) {
    for (const { name, place, arguments: given } of directives) {
      if (name !== 'cacheControl') continue;
      this.#hints.set(keyOf(place.type, place.field), {
        maxAge: typeof given.maxAge === 'number' ? given.maxAge : null,
        scope: given.scope === 'PRIVATE' || given.scope === 'PUBLIC' ? given.scope : null,
        inheritMaxAge: given.inheritMaxAge === true,
      });
    }
  }

  /**
   * The policy of a whole response, by Apollo Server's rules: the smallest `maxAge` of its fields counts, a root field or
   * one that gives objects has 0 unless it or its type says otherwise, a scalar has its parent's; one PRIVATE field makes
   * all of it private. Null when it may not be kept: mutations, subscriptions, introspection, anything with 0.
   */
  policyOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): CachePolicy | null {
    if (operation.operation !== OperationTypeNode.QUERY || this.#hints.size === 0) return null;
    let maxAge = Infinity;
    let scope: CachePolicy['scope'] = 'PUBLIC';
    const types = new TypeInfo(schema);
    const collect = visitWithTypeInfo(types, {
      Field: ({ name: { value: name } }) => {
        const parent = types.getParentType();
        const definition = types.getFieldDef();
        if (name === '__typename') return;
        if (!parent || !definition || name.startsWith('__')) return void (maxAge = 0);
        const type = getNamedType(definition.type);
        const own = this.#hints.get(keyOf(parent.name, name));
        const given = this.#hints.get(keyOf(type.name));
        if (own?.scope === 'PRIVATE' || given?.scope === 'PRIVATE') scope = 'PRIVATE';
        const said = own?.maxAge ?? given?.maxAge;
        const isRoot = parent === schema.getQueryType();
        if (typeof said === 'number') maxAge = Math.min(maxAge, said);
        else if ((isRoot || isCompositeType(type)) && !own?.inheritMaxAge && !given?.inheritMaxAge) maxAge = 0;
      },
    });
    for (const definition of document.definitions) {
      if (definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, collect);
    }
    return maxAge > 0 && maxAge < Infinity ? { maxAge, scope } : null;
  }
}

function keyOf(type: string, field?: string): string {
  return field === undefined ? type : `${type}.${field}`;
}
