/** A type of a field or argument: the named type, and around `_` its lists and non-nulls, such as `[_!]`. */
export interface TypeUse {
  readonly of: string;
  readonly shape: string;
}

/** An argument, or a field of an input object. */
export interface InputField {
  readonly name: string;
  readonly type: TypeUse;
  /** The default as GraphQL text, or null. */
  readonly defaultText: string | null;
  readonly isInaccessible: boolean;
}

/** One field inside `@key`, `@requires` or `@provides`; `args` by name, with the value as GraphQL text. */
export interface FieldSelection {
  readonly field: string;
  readonly args: Readonly<Record<string, string>>;
  readonly selections: readonly FieldSelection[];
}

/** A subgraph that resolves a field. */
export interface FieldHome {
  readonly subgraph: string;
  /** What this subgraph resolves of the entity behind this field although it is another subgraph's. */
  readonly provides: readonly FieldSelection[];
  /** The subgraph that declares the field too and loses it to this one. */
  readonly overrides: string | null;
}

export interface Field {
  readonly name: string;
  readonly type: TypeUse;
  readonly args: readonly InputField[];
  readonly homes: readonly FieldHome[];
  /** What its one home needs from other subgraphs to resolve it. */
  readonly requires: readonly FieldSelection[];
  readonly isInaccessible: boolean;
  /** It never fails and is never null where it may not be: keys and everything that others require. */
  readonly isTotal: boolean;
  /** Part of a key: the value follows from the object. */
  readonly isKey: boolean;
  /** The interface on which its home declares it as `@interfaceObject`, or null. */
  readonly onInterfaceObject: string | null;
}

/** A subgraph that declares an object type. `keys` are the keys it has there. */
export interface TypeHome {
  readonly subgraph: string;
  readonly keys: readonly (readonly FieldSelection[])[];
  /** Whether the subgraph can be asked for it by key. */
  readonly isResolvable: boolean;
}

export interface ObjectType {
  readonly name: string;
  readonly kind: 'root' | 'entity' | 'value';
  readonly homes: readonly TypeHome[];
  readonly interfaces: readonly string[];
  readonly fields: readonly Field[];
  readonly isInaccessible: boolean;
  /** A subgraph that does not know some of the entities others tell of, or null. */
  readonly forgetfulHome: string | null;
  /** Of a value type: its fields are spread over its homes, and every parent is resolved in all of them. */
  readonly isSplit: boolean;
}

export interface InterfaceField {
  readonly name: string;
  readonly type: TypeUse;
  readonly args: readonly InputField[];
}

export interface InterfaceType {
  readonly name: string;
  /** Interfaces that it implements. */
  readonly interfaces: readonly string[];
  /** Without keys and without the fields of interface objects. */
  readonly fields: readonly InterfaceField[];
  /** Of an interface with a key: the subgraph that has its implementations, and those that know it as an object only. */
  readonly entity: { readonly home: string; readonly objectIn: readonly string[] } | null;
}

export interface UnionType {
  readonly name: string;
  readonly members: readonly string[];
}

export interface EnumType {
  readonly name: string;
  readonly values: readonly string[];
  readonly inaccessibleValues: readonly string[];
}

export interface InputType {
  readonly name: string;
  readonly fields: readonly InputField[];
}

/** How often data is out of the ordinary, in percent. */
export interface Noise {
  /** Of nullable values: null. */
  readonly nulls: number;
  /** Of resolvers and list items: an error. */
  readonly failures: number;
  /** Of non-null values: null all the same. */
  readonly violations: number;
}

/** A graph before it is cut into subgraphs: every schema and all data of a case are derived from it. Plain data. */
export interface Graph {
  readonly subgraphs: readonly string[];
  readonly objects: readonly ObjectType[];
  readonly interfaces: readonly InterfaceType[];
  readonly unions: readonly UnionType[];
  readonly enums: readonly EnumType[];
  readonly scalars: readonly string[];
  readonly inputs: readonly InputType[];
  readonly noise: Noise;
  readonly dataSeed: number;
}

/** `id org { code }`, as inside `@key(fields: …)`. */
export function printSelections(selections: readonly FieldSelection[]): string {
  return selections
    .map(({ field, args, selections: nested }) => {
      const given = Object.entries(args).map(([name, text]) => `${name}: ${text}`);
      const inner = nested.length > 0 ? ` { ${printSelections(nested)} }` : '';
      return `${field}${given.length > 0 ? `(${given.join(', ')})` : ''}${inner}`;
    })
    .join(' ');
}

/** The type as GraphQL text. */
export function printType({ of, shape }: TypeUse): string {
  return shape.replace('_', of);
}
