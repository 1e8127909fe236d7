import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { inclusionOf } from '../inclusion';
import { type CostOf, largest, sum, times } from './cost-of';
import type { CostWeights } from './cost-weights';
import { inputCost } from './input-cost';
import { listLength } from './list-length';

/** What every mutation costs besides its fields. */
const MUTATION = 10;

export interface CostModel {
  readonly schema: GraphQLSchema;
  readonly weights: CostWeights;
  /** Items of a list of which the schema says nothing. */
  readonly assumedListSize: number;
}

/**
 * The cost of a valid operation before it runs, by the rules of Apollo's router (demand control) after IBM's GraphQL
 * cost specification: an object costs 1 and a scalar nothing unless `@cost` says otherwise, a list its length times its
 * items. Of fragments on different object types only the dearest counts. Linear in the document: each fragment is
 * measured once. Throws a GraphQLError when a slicing argument that the schema asks for is missing.
 */
export function operationCost(model: CostModel, document: DocumentNode, operation: OperationDefinitionNode): CostOf {
  const root = model.schema.getRootType(operation.operation);
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  if (!root) return base;
  return sum(base, new CostMeasurement(model, document, operation).ofSelection(operation.selectionSet, root, null));
}

/** Fields below a field that are its list, and how long they are. */
interface Sized {
  readonly fields: ReadonlySet<string>;
  readonly length: CostOf;
}

class CostMeasurement {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, CostOf>();

  constructor(
    private readonly model: CostModel,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  ofSelection(set: SelectionSetNode | undefined, parent: GraphQLNamedType, sized: Sized | null): CostOf {
    const shared: CostOf[] = [];
    const byType = new Map<string, CostOf[]>();
    for (const selection of set?.selections ?? []) {
      const { type, cost } = this.#ofSelected(selection, parent, sized);
      const isNarrower = isObjectType(type) && !isObjectType(parent);
      if (isNarrower) byType.set(type.name, [...(byType.get(type.name) ?? []), cost]);
      else shared.push(cost);
    }
    return sum(...shared, largest([...byType.values()].map((costs) => sum(...costs))));
  }

  #ofSelected(selection: SelectionNode, parent: GraphQLNamedType, sized: Sized | null) {
    const inclusion = inclusionOf(selection, this.operation);
    const { type, cost } = this.#ofIncluded(selection, parent, sized);
    return { type, cost: inclusion === true ? cost : times(inclusion, cost) };
  }

  #ofIncluded(selection: SelectionNode, parent: GraphQLNamedType, sized: Sized | null) {
    if (selection.kind === Kind.FIELD) return { type: parent, cost: this.#ofField(selection, parent, sized) };
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value, parent, sized);
    const type = this.#typeOf(selection.typeCondition?.name.value, parent);
    return { type, cost: this.ofSelection(selection.selectionSet, type, sized) };
  }

  #ofFragment(name: string, parent: GraphQLNamedType, sized: Sized | null) {
    const fragment = this.#fragments.get(name);
    const type = this.#typeOf(fragment?.typeCondition.name.value, parent);
    const known = sized ? undefined : this.#measured.get(name);
    const cost = known ?? this.ofSelection(fragment?.selectionSet, type, sized);
    if (!sized) this.#measured.set(name, cost);
    return { type, cost };
  }

  #typeOf(name: string | undefined, parent: GraphQLNamedType): GraphQLNamedType {
    return (name === undefined ? undefined : this.model.schema.getType(name)) ?? parent;
  }

  #ofField(field: FieldNode, parent: GraphQLNamedType, sized: Sized | null): CostOf {
    const name = field.name.value;
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!definition) return 0; // introspection
    const { weights, assumedListSize } = this.model;
    const type = getNamedType(definition.type);
    const weight = weights.weightOf({ type: parent.name, field: name }) ?? this.#weightOf(type);
    const size = weights.listSizeOf(parent.name, name);
    const length = size ? listLength(size, field, definition, this.operation, assumedListSize) : assumedListSize;
    const below = size && size.sizedFields.size > 0 ? { fields: size.sizedFields, length } : null;
    const isList = isListType(isNonNullType(definition.type) ? definition.type.ofType : definition.type);
    const own = below ? assumedListSize : length;
    const count = isList ? (sized?.fields.has(name) ? sized.length : own) : 1;
    const given = (field.arguments ?? []).map(({ name: { value: argument }, value }) => {
      const declared = definition.args.find((candidate) => candidate.name === argument);
      const own = weights.weightOf({ type: parent.name, field: name, argument });
      return declared ? inputCost(value, declared.type, own, weights) : 0;
    });
    return sum(times(count, sum(weight, this.ofSelection(field.selectionSet, type, below))), ...given);
  }

  #weightOf(type: GraphQLNamedType): number {
    return this.model.weights.weightOf({ type: type.name }) ?? (isCompositeType(type) ? 1 : 0);
  }
}
