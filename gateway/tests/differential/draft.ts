import type { Choices } from './choices';
import type { Field, FieldHome, Graph, ObjectType, TypeUse } from './graph';
import { GraphView, isDeclaredIn } from './graph-view';
import { isInKey } from './keys';

/** An object type while its graph is being made. */
export interface DraftObject extends Omit<
  ObjectType,
  'homes' | 'interfaces' | 'fields' | 'isInaccessible' | 'forgetfulHome'
> {
  homes: ObjectType['homes'][number][];
  interfaces: string[];
  fields: Field[];
  isInaccessible: boolean;
  forgetfulHome: string | null;
}

/** A graph while it is being made; a `Graph` at any time. */
export interface Draft extends Omit<Graph, 'objects' | 'interfaces' | 'unions'> {
  readonly objects: DraftObject[];
  readonly interfaces: Graph['interfaces'][number][];
  readonly unions: Graph['unions'][number][];
}

const LEAVES = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Colour', 'Json'] as const;
const LEAF_SHAPES = ['_', '_', '_', '_!', '_!', '[_]', '[_!]', '[_]!', '[_!]!', '[[_!]]'] as const;
const COMPOSITE_SHAPES = ['_', '_', '_!', '_!', '[_]', '[_!]', '[_]!', '[_!]!', '[[_]!]'] as const;

export function newObject(name: string, kind: ObjectType['kind']): DraftObject {
  const none = { homes: [], interfaces: [], fields: [] };
  return { name, kind, ...none, isInaccessible: false, forgetfulHome: null, isSplit: false };
}

export function newField(name: string, type: TypeUse, homes: readonly string[], more: Partial<Field> = {}): Field {
  return {
    name,
    type,
    args: [],
    homes: homes.map((subgraph) => newHome(subgraph)),
    requires: [],
    isInaccessible: false,
    isTotal: false,
    isKey: false,
    onInterfaceObject: null,
    ...more,
  };
}

export function newHome(subgraph: string, more: Partial<FieldHome> = {}): FieldHome {
  return { subgraph, provides: [], overrides: null, ...more };
}

export function leafType(choices: Choices): TypeUse {
  return { of: choices.pick(LEAVES), shape: choices.pick(LEAF_SHAPES) };
}

/** A type for a field of `parent` resolved in all these subgraphs; objects and abstract types where there are any. */
export function fieldType(choices: Choices, draft: Draft, parent: DraftObject, homes: readonly string[]): TypeUse {
  const candidates = choices.chance(60) ? compositesFor(draft, parent, homes) : [];
  const of = choices.maybe(candidates);
  return of === undefined ? leafType(choices) : { of, shape: choices.pick(COMPOSITE_SHAPES) };
}

function compositesFor(draft: Draft, parent: DraftObject, homes: readonly string[]): string[] {
  const view = new GraphView(draft);
  const objects = draft.objects
    .filter((type) => isNameable(type))
    .filter((type) => homes.every((home) => isDeclaredIn(type, home)))
    .filter(
      (type) =>
        !type.isSplit || (parent.kind !== 'value' && type.homes.every(({ subgraph }) => homes.includes(subgraph))),
    )
    .map(({ name }) => name);
  const interfaces = draft.interfaces
    .filter((type) => homes.every((home) => view.isInterfaceIn(type, home) || type.entity?.objectIn.includes(home)))
    .map(({ name }) => name);
  const abstract = [...interfaces, ...draft.unions.map(({ name }) => name)];
  const possible = abstract.filter(
    (of) =>
      view.possibleTypes(newField('', { of, shape: '_' }, homes)).filter((type) => !type.isInaccessible).length > 0,
  );
  const split = draft.objects.filter(({ isSplit, name }) => isSplit && objects.includes(name)).map(({ name }) => name);
  return [...objects, ...possible, ...possible, ...split, ...split, ...split]; // what is difficult, more often
}

/** Whether any field may have the type: not one inside a key, whose values follow from an entity. */
export function isNameable({ kind, isInaccessible, name }: DraftObject): boolean {
  return kind !== 'root' && !isInaccessible && !isInKey(name);
}

/** Subgraphs that can resolve fields of the type: not those that know its key only. */
export function resolvingHomes(type: ObjectType): string[] {
  return type.homes.filter(({ isResolvable }) => isResolvable).map(({ subgraph }) => subgraph);
}

export function replaceField(type: DraftObject, field: Field, more: Partial<Field>): void {
  type.fields = type.fields.map((candidate) => (candidate === field ? { ...field, ...more } : candidate));
}
