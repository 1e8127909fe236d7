import { type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, Kind, visit } from 'graphql';

import type { PlanNames } from '../plan-names';
import type { Reading } from './collect-fields';

const CONDITIONAL: ReadonlySet<string> = new Set(['skip', 'include', 'defer']);

/** What the selections of one document are read with. */
export class DocumentReader {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that decide whether a selection counts. */
  readonly conditions: readonly string[];
  readonly hasDeferred: boolean;

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    readonly names: PlanNames,
  ) {
    this.fragments = fragmentsIn(document);
    this.conditions = conditionsIn(document);
    this.hasDeferred = hasDefer(document);
  }

  /** The same for all variables under which the same selections count. */
  keyOf(variables: Reading['variables']): string {
    const { conditions } = this;
    return conditions.length === 0 ? '' : conditions.map((name) => String(variables[name])).join();
  }

  reading(variables: Reading['variables'], isDeferring: boolean): Reading {
    return { schema: this.schema, fragments: this.fragments, variables, isDeferring };
  }
}

export function fragmentsIn({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The document as one without `@defer`, for a client that takes a response as a whole only. */
export function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: ({ name }) => (name.value === 'defer' ? null : undefined) });
}

function hasDefer(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, { Directive: ({ name }) => void (isFound ||= name.value === 'defer') });
  return isFound;
}

function conditionsIn(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: values = [] }) {
      if (!CONDITIONAL.has(name.value)) return;
      for (const { value } of values) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
