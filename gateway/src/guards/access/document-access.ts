import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type AccessRule, type Refusal, type Viewer, refusalOf } from '@terakoya/common/auth';

import type { AccessRules } from './access-rules';

/** The rules that one document meets, each once. */
export class DocumentAccess {
  readonly #rules: readonly AccessRule[];

  constructor(rules: Iterable<AccessRule>) {
    this.#rules = [...rules];
  }

  get isOpen(): boolean {
    return this.#rules.length === 0;
  }

  /** What is refused to the viewer; viewers to whom the same is refused have the same `key`, '' when nothing is. */
  refusalsFor(viewer: Viewer | null): Refusals {
    const refused = new Map<AccessRule, Refusal>();
    let key = '';
    for (const [index, rule] of this.#rules.entries()) {
      const refusal = refusalOf(rule, viewer);
      if (!refusal) continue;
      refused.set(rule, refusal);
      key += `${index}${refusal === 'FORBIDDEN' ? 'f' : 'u'}`;
    }
    return { key, refused };
  }
}

export interface Refusals {
  readonly key: string;
  readonly refused: ReadonlyMap<AccessRule, Refusal>;
}

const OPEN = new DocumentAccess([]);

/** Finds the rules of every field that an operation or one of its document's fragments selects. */
export function documentAccess(
  schema: GraphQLSchema,
  rules: AccessRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentAccess {
  if (rules.isEmpty) return OPEN;
  const found = new Set<AccessRule>();
  const types = new TypeInfo(schema);
  const collect = visitWithTypeInfo(types, {
    OperationDefinition: (node) => (node === operation ? undefined : false),
    Field: ({ name }) => {
      const parent = types.getParentType();
      if (parent) for (const rule of rules.ofField(parent, name.value)) found.add(rule);
    },
  });
  for (const definition of document.definitions) {
    const isRead = definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION;
    if (isRead) visit(definition, collect);
  }
  return found.size === 0 ? OPEN : new DocumentAccess(found);
}
