import {
  type GraphQLInputType,
  Kind,
  type ValueNode,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
} from 'graphql';

import type { CostOf, Variables } from './cost-of';
import type { CostWeights } from './cost-weights';

/** What a given argument or input field costs: its own weight, and those of the input objects in it (1 each by default). */
export function inputCost(
  node: ValueNode,
  type: GraphQLInputType,
  weight: number | undefined,
  weights: CostWeights,
): CostOf {
  const cost = (variables: Variables): number =>
    valueCost(valueFromASTUntyped(node, { ...variables }), type, weight, weights);
  if (!hasVariable(node)) return cost({});
  return isFree(type, weight, weights) ? 0 : cost;
}

function valueCost(value: unknown, type: GraphQLInputType, weight: number | undefined, weights: CostWeights): number {
  if (value === null || value === undefined) return 0;
  if (isNonNullType(type)) return valueCost(value, type.ofType, weight, weights);
  if (isListType(type)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>((total, item) => total + valueCost(item, type.ofType, undefined, weights), weight ?? 0);
  }
  if (!isInputObjectType(type)) return weight ?? weights.weightOf({ type: type.name }) ?? 0;
  const fields = Object.entries(value);
  return fields.reduce((total, [name, inner]) => {
    const field = type.getFields()[name];
    if (!field) return total;
    return total + valueCost(inner, field.type, weights.weightOf({ type: type.name, field: name }), weights);
  }, weight ?? 1);
}

/** Whether no value of the type can cost anything, so that a variable need not be looked at. */
function isFree(type: GraphQLInputType, weight: number | undefined, weights: CostWeights): boolean {
  const named = getNamedType(type);
  return weight === undefined && !isInputObjectType(named) && !weights.weightOf({ type: named.name });
}

function hasVariable(node: ValueNode): boolean {
  if (node.kind === Kind.VARIABLE) return true;
  if (node.kind === Kind.LIST) return node.values.some(hasVariable);
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value));
}
