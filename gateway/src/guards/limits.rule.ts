import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

export interface OperationLimits {
  /** Levels of fields; a leaf at the root has depth 1. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
}

interface Measure {
  depth: number;
  aliases: number;
  rootFields: number;
}

/**
 * Refuses operations that nest too deep, alias too much, or ask for too many root fields: each is a cheap way to make a
 * server work. Fragments count where they are spread; introspection of the schema itself is let through.
 */
export function limitsRule(limits: OperationLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation: OperationDefinitionNode) {
      const measure: Measure = { depth: 0, aliases: 0, rootFields: 0 };
      measureSelections(operation.selectionSet, 1, context, measure, new Set(), limits);
      const named = [
        ['nesting levels', measure.depth, limits.depth],
        ['aliases', measure.aliases, limits.aliases],
        ['root fields', measure.rootFields, limits.rootFields],
      ] as const;
      for (const [what, count, most] of named) {
        if (count <= most) continue;
        context.reportError(
          new GraphQLError(`The operation has ${count} ${what}; at most ${most} are allowed.`, {
            nodes: operation,
            extensions: { code: 'LIMIT_EXCEEDED', limit: what, count, most },
          }),
        );
      }
    },
  });
}

function measureSelections(
  { selections }: SelectionSetNode,
  depth: number,
  context: ValidationContext,
  measure: Measure,
  spread: ReadonlySet<string>,
  limits: OperationLimits,
): void {
  if (depth > limits.depth + 1 || measure.aliases > limits.aliases || measure.rootFields > limits.rootFields) return;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      measure.depth = Math.max(measure.depth, depth);
      if (selection.alias) measure.aliases += 1;
      if (depth === 1) measure.rootFields += 1;
      if (selection.selectionSet)
        measureSelections(selection.selectionSet, depth + 1, context, measure, spread, limits);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      measureSelections(selection.selectionSet, depth, context, measure, spread, limits);
    } else {
      const fragment: FragmentDefinitionNode | null | undefined = context.getFragment(selection.name.value);
      if (!fragment || spread.has(fragment.name.value)) continue;
      measureSelections(
        fragment.selectionSet,
        depth,
        context,
        measure,
        new Set([...spread, fragment.name.value]),
        limits,
      );
    }
  }
}
