import {
  type FieldNode,
  type GraphQLCompositeType,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isCompositeType,
  parse,
} from 'graphql';

import type { DocumentReader } from './document-reader';

const FRAGMENT = '... on ';

/** Reads a selection set that stands alone. */
export function parseSelection(text: string): SelectionSetNode {
  const [definition] = parse(text, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError('A selection set was expected.');
  return definition.selectionSet;
}

/** The type of the objects at a place of an operation; the place is response names and `... on Type`. */
export function typeAt(
  reader: DocumentReader,
  root: GraphQLCompositeType,
  selection: SelectionSetNode,
  queryPath: readonly string[],
): GraphQLCompositeType {
  let type = root;
  let sets: readonly SelectionSetNode[] = [selection];
  for (const element of queryPath) {
    const found = element.startsWith(FRAGMENT)
      ? { type: reader.schema.getType(element.slice(FRAGMENT.length)), sets }
      : fieldAt(reader, type, sets, element);
    if (!isCompositeType(found.type)) throw new TypeError(`There is no object at ${queryPath.join('.')}.`);
    ({ type, sets } = { type: found.type, sets: found.sets });
  }
  return type;
}

function fieldAt(reader: DocumentReader, type: GraphQLCompositeType, sets: readonly SelectionSetNode[], key: string) {
  const nodes = sets.flatMap((set) => fieldsNamed(reader, set, key));
  const [first] = nodes;
  const fields = 'getFields' in type ? type.getFields() : {};
  const definition = first && fields[first.name.value];
  return {
    type: definition && getNamedType(definition.type),
    sets: nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
  };
}

/** Fields under fragments are found too, whatever their conditions: response names mean one type only. */
function fieldsNamed(reader: DocumentReader, { selections }: SelectionSetNode, key: string): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value === key ? [selection] : [];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : reader.fragments.get(selection.name.value);
    return fragment ? fieldsNamed(reader, fragment.selectionSet, key) : [];
  });
}
