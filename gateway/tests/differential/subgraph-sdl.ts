import type { Field, FieldSelection, InputField, InterfaceType, ObjectType, TypeHome } from './graph';
import { printSelections, printType } from './graph';
import { type GraphView, isDeclaredIn, isResolvedIn } from './graph-view';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", ' +
  '"@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])';

/** The schema of one subgraph of the graph. */
export function subgraphSdl(view: GraphView, subgraph: string): string {
  const externals = view.externalsIn(subgraph);
  const { objects, interfaces } = view.graph;
  return [
    LINK,
    printLeafTypes(view),
    ...interfaces.flatMap((type) => printInterface(view, type, subgraph)),
    ...interfaces.flatMap((type) => printInterfaceObject(view, type, subgraph, externals)),
    ...objects
      .filter((type) => isDeclaredIn(type, subgraph))
      .flatMap((type) => printObject(view, type, subgraph, externals)),
    ...view.graph.unions.flatMap(({ name, members }) => {
      const here = objects.filter((type) => members.includes(type.name) && isDeclaredIn(type, subgraph));
      return here.length > 0 ? [`union ${name} = ${here.map((type) => type.name).join(' | ')}`] : [];
    }),
  ].join('\n');
}

/** Scalars, enums and inputs: the same everywhere. */
function printLeafTypes({ graph }: GraphView): string {
  const enums = graph.enums.map(({ name, values, inaccessibleValues }) => {
    const printed = values.map((value) => `${value}${inaccessibleValues.includes(value) ? ' @inaccessible' : ''}`);
    return `enum ${name} { ${printed.join(' ')} }`;
  });
  const inputs = graph.inputs.map(
    ({ name, fields }) => `input ${name} { ${fields.map((field) => printInputField(field)).join(' ')} }`,
  );
  return [...graph.scalars.map((name) => `scalar ${name}`), ...enums, ...inputs].join('\n');
}

function printInterface(view: GraphView, type: InterfaceType, subgraph: string): string[] {
  if (!view.isInterfaceIn(type, subgraph)) return [];
  const parents = type.interfaces.filter((name) => {
    const parent = view.findInterface(name);
    return parent && view.isInterfaceIn(parent, subgraph);
  });
  const fields = view.interfaceFieldsIn(type, subgraph).map((field) => `  ${printSignature(field)}`);
  const key = type.entity ? ' @key(fields: "id")' : '';
  return [
    `interface ${type.name}${printImplements(parents)}${key} {`,
    ...(type.entity ? ['  id: ID!'] : []),
    ...fields,
    '}',
  ];
}

/** `type N @interfaceObject`: where an interface is known as one type. Its fields are those of each implementation. */
function printInterfaceObject(
  view: GraphView,
  type: InterfaceType,
  subgraph: string,
  externals: ReadonlySet<string>,
): string[] {
  if (!type.entity?.objectIn.includes(subgraph)) return [];
  const [implementation] = view.members(type.name);
  const own = implementation?.fields.filter((field) => field.onInterfaceObject === type.name) ?? [];
  const external = (implementation?.fields ?? []).filter(({ name }) =>
    view.members(type.name).some((object) => externals.has(`${object.name}.${name}`)),
  );
  const declared = external
    .map(({ name }) => type.fields.find((field) => field.name === name))
    .filter((field) => !!field);
  return [
    `type ${type.name} @interfaceObject @key(fields: "id") {`,
    '  id: ID!',
    ...declared.map((field) => `  ${printSignature(field)} @external`),
    ...own
      .filter((field) => isResolvedIn(field, subgraph))
      .map((field) => `  ${printField(view, type.name, field, subgraph)}`),
    '}',
  ];
}

function printObject(view: GraphView, type: ObjectType, subgraph: string, externals: ReadonlySet<string>): string[] {
  const home = type.homes.find((candidate) => candidate.subgraph === subgraph);
  const interfaces = view.interfacesOf(type, subgraph).map(({ name }) => name);
  const lines = type.fields
    .filter((field) => !field.onInterfaceObject)
    .flatMap((field) => {
      if (isDeclaredHere(field, home, subgraph)) return [printField(view, type.name, field, subgraph)];
      return externals.has(`${type.name}.${field.name}`) ? [`${printSignature(field)} @external`] : [];
    });
  const keys = (home?.keys ?? []).map((key) => printKey(key, home?.isResolvable ?? true));
  if (lines.length === 0) return [];
  const hidden = type.isInaccessible ? ' @inaccessible' : '';
  return [
    `type ${type.name}${printImplements(interfaces)}${keys.join('')}${hidden} {`,
    ...lines.map((line) => `  ${line}`),
    '}',
  ];
}

function isDeclaredHere(field: Field, home: TypeHome | undefined, subgraph: string): boolean {
  if (field.isKey && home && home.keys.length > 0)
    return home.keys.some((key) => key.some((part) => part.field === field.name));
  return isResolvedIn(field, subgraph) || field.homes.some(({ overrides }) => overrides === subgraph);
}

function printField(view: GraphView, type: string, field: Field, subgraph: string): string {
  const home = field.homes.find((candidate) => candidate.subgraph === subgraph);
  const isShared = field.homes.length > 1 || view.isProvided(type, field.name);
  return [
    printSignature(field),
    ...(isShared && !field.isKey ? ['@shareable'] : []),
    ...(field.isKey && view.findObject(type)?.kind === 'value' ? ['@shareable'] : []),
    ...(field.requires.length > 0 && home ? [`@requires(fields: "${escaped(field.requires)}")`] : []),
    ...(home && home.provides.length > 0 ? [`@provides(fields: "${escaped(home.provides)}")`] : []),
    ...(home?.overrides ? [`@override(from: "${home.overrides}")`] : []),
    ...(field.isInaccessible ? ['@inaccessible'] : []),
  ].join(' ');
}

function printKey(key: readonly FieldSelection[], isResolvable: boolean): string {
  return ` @key(fields: "${escaped(key)}"${isResolvable ? '' : ', resolvable: false'})`;
}

function escaped(selections: readonly FieldSelection[]): string {
  return printSelections(selections).replaceAll('"', '\\"');
}

/** A field's name, arguments and type, the same in every schema. */
function printSignature({ name, args, type }: Pick<Field, 'name' | 'args' | 'type'>): string {
  const printed = args.map((argument) => printInputField(argument));
  return `${name}${printed.length > 0 ? `(${printed.join(', ')})` : ''}: ${printType(type)}`;
}

export function printInputField({ name, type, defaultText, isInaccessible }: InputField): string {
  const initial = defaultText === null ? '' : ` = ${defaultText}`;
  return `${name}: ${printType(type)}${initial}${isInaccessible ? ' @inaccessible' : ''}`;
}

export function printImplements(names: readonly string[]): string {
  return names.length > 0 ? ` implements ${names.join(' & ')}` : '';
}
