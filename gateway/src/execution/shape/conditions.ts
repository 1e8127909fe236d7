import {
  type DirectiveNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
  getDirectiveValues,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Whether the `@skip` and `@include` of a selection let it count. */
export function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}

/** Whether a `@defer` counts: unless its `if` says no. */
export function isDeferOn({ arguments: given = [] }: DirectiveNode, variables: Variables): boolean {
  const condition = given.find(({ name }) => name.value === 'if')?.value;
  if (condition?.kind === Kind.VARIABLE) return variables[condition.name.value] !== false;
  return !(condition?.kind === Kind.BOOLEAN && !condition.value);
}
