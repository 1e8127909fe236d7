import {
  type FieldNode,
  type GraphQLField,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

import { type CostOf, type Variables, largest } from './cost-of';
import type { ListSize } from './cost-weights';

/**
 * How many items a sized field gives: the largest of the slicing arguments that are given, else the assumed size.
 * Throws a GraphQLError (BAD_USER_INPUT) when the schema wants exactly one of them and it is not so.
 */
export function listLength(
  size: ListSize,
  field: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  operation: OperationDefinitionNode,
  assumed: number,
): CostOf {
  const otherwise = size.assumedSize ?? assumed;
  const given = size.slicingArguments.flatMap((name) => {
    const node = field.arguments?.find((argument) => argument.name.value === name)?.value;
    return node && node.kind !== Kind.NULL ? [{ name, node }] : [];
  });
  const defaults = size.slicingArguments.flatMap((name) => {
    const value: unknown = definition.args.find((argument) => argument.name === name)?.defaultValue;
    return typeof value === 'number' ? [value] : [];
  });
  const count = given.length || defaults.length;
  if (size.requireOneSlicingArgument && count !== 1) throw notOneArgument(size, field);
  if (given.length === 0) return defaults.length > 0 ? Math.max(...defaults) : otherwise;
  const fallback = defaults.length > 0 ? Math.max(...defaults) : otherwise;
  return largest(given.map(({ node }) => lengthOf(node, operation, fallback)));
}

function lengthOf(node: ValueNode, operation: OperationDefinitionNode, fallback: number): CostOf {
  if (node.kind !== Kind.VARIABLE) return toLength(valueFromASTUntyped(node), fallback);
  const name = node.name.value;
  const declared = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  const byDefault = declared?.defaultValue ? toLength(valueFromASTUntyped(declared.defaultValue), fallback) : fallback;
  return (variables: Variables) => toLength(variables[name], byDefault);
}

function toLength(value: unknown, fallback: number): number {
  return typeof value === 'number' ? Math.max(0, value) : fallback;
}

function notOneArgument({ slicingArguments }: ListSize, field: FieldNode): GraphQLError {
  const names = slicingArguments.map((name) => `\`${name}\``).join(', ');
  return new GraphQLError(`The field ${field.name.value} needs exactly one of ${names}, so that its cost is known.`, {
    nodes: field,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
