import type { Field, FieldSelection, Graph, ObjectType } from './graph';

/** Smaller graphs, the smallest first; the subgraphs of some of them do not fit together. */
export function* shrinkGraph(graph: Graph): Generator<Graph> {
  for (const subgraph of graph.subgraphs) yield tidied(withoutSubgraph(graph, subgraph));
  for (const { name, kind } of graph.objects) if (kind !== 'root') yield tidied(withoutType(graph, name));
  for (const { name } of [...graph.interfaces, ...graph.unions]) yield tidied(withoutType(graph, name));
  for (const type of graph.objects) {
    for (const field of type.fields) yield tidied(withoutField(graph, type, field));
  }
  for (const noise of ['violations', 'failures', 'nulls'] as const) {
    if (graph.noise[noise] > 0) yield { ...graph, noise: { ...graph.noise, [noise]: 0 } };
  }
  for (const type of graph.objects) yield* simplerTypes(graph, type);
}

function* simplerTypes(graph: Graph, type: ObjectType): Generator<Graph> {
  const replace = (simpler: ObjectType) =>
    tidied({ ...graph, objects: graph.objects.map((other) => (other === type ? simpler : other)) });
  if (type.forgetfulHome) yield replace({ ...type, forgetfulHome: null });
  for (const name of type.interfaces) {
    yield replace({ ...type, interfaces: type.interfaces.filter((other) => other !== name) });
  }
  for (const home of type.homes) {
    const homes = type.homes.filter((other) => other !== home);
    const fields = type.fields.map((field) => withoutHome(field, home.subgraph)).filter((field) => field !== null);
    if (type.kind === 'entity') yield replace({ ...type, homes, fields });
  }
  for (const field of type.fields) {
    for (const simpler of simplerFields(field)) {
      yield replace({ ...type, fields: type.fields.map((other) => (other === field ? simpler : other)) });
    }
  }
}

function* simplerFields(field: Field): Generator<Field> {
  for (const { subgraph } of field.homes) {
    const fewer = withoutHome(field, subgraph);
    if (fewer && !field.isKey) yield fewer;
  }
  for (const part of field.requires) yield { ...field, requires: field.requires.filter((other) => other !== part) };
  for (const argument of field.args) yield { ...field, args: field.args.filter((other) => other !== argument) };
  if (field.homes.some(({ provides, overrides }) => provides.length > 0 || overrides !== null)) {
    yield { ...field, homes: field.homes.map((home) => ({ ...home, provides: [], overrides: null })) };
  }
  if (field.isInaccessible) yield { ...field, isInaccessible: false };
}

function withoutHome(field: Field, subgraph: string): Field | null {
  const homes = field.homes.filter((home) => home.subgraph !== subgraph);
  return homes.length === 0 ? null : { ...field, homes };
}

function withoutSubgraph(graph: Graph, subgraph: string): Graph {
  const objects = graph.objects
    .map((type) => ({
      ...type,
      homes: type.homes.filter((home) => home.subgraph !== subgraph),
      fields: type.fields.map((field) => withoutHome(field, subgraph)).filter((field) => field !== null),
      forgetfulHome: type.forgetfulHome === subgraph ? null : type.forgetfulHome,
    }))
    .filter(({ homes }) => homes.length > 0);
  const interfaces = graph.interfaces.map((type) => {
    const objectIn = type.entity?.objectIn.filter((name) => name !== subgraph) ?? [];
    return type.entity ? { ...type, entity: { ...type.entity, objectIn } } : type;
  });
  return { ...graph, subgraphs: graph.subgraphs.filter((name) => name !== subgraph), objects, interfaces };
}

function withoutType(graph: Graph, name: string): Graph {
  const objects = graph.objects
    .filter((type) => type.name !== name)
    .map((type) => ({ ...type, interfaces: type.interfaces.filter((other) => other !== name) }));
  const interfaces = graph.interfaces.filter((type) => type.name !== name);
  return { ...graph, objects, interfaces, unions: graph.unions.filter((union) => union.name !== name) };
}

/** Also takes it from the interface it comes from, and from every other implementation. */
function withoutField(graph: Graph, type: ObjectType, { name, onInterfaceObject }: Field): Graph {
  const sources = graph.interfaces.filter(
    (candidate) =>
      candidate.name === onInterfaceObject ||
      (type.interfaces.includes(candidate.name) && candidate.fields.some((field) => field.name === name)),
  );
  const isAffected = (object: ObjectType) =>
    object.name === type.name || object.interfaces.some((other) => sources.some((source) => source.name === other));
  const objects = graph.objects.map((object) =>
    isAffected(object) ? { ...object, fields: object.fields.filter((field) => field.name !== name) } : object,
  );
  const interfaces = graph.interfaces.map((other) => ({
    ...other,
    fields: other.fields.filter((field) => field.name !== name),
  }));
  return { ...graph, objects, interfaces };
}

/** Without whatever refers to what is no longer there. */
function tidied(graph: Graph): Graph {
  const known = new Set([...graph.objects, ...graph.interfaces, ...graph.unions].map(({ name }) => name));
  const leaves = new Set([
    'String',
    'Int',
    'Float',
    'Boolean',
    'ID',
    ...graph.scalars,
    ...graph.enums.map(({ name }) => name),
  ]);
  const isKnown = (name: string) => known.has(name) || leaves.has(name);
  const objects = graph.objects.map((type) => ({
    ...type,
    fields: type.fields.filter((field) => isKnown(field.type.of)),
  }));
  const fieldsOf = (name: string) => objects.find((type) => type.name === name)?.fields ?? [];
  const existing = (of: string, selections: readonly FieldSelection[]) =>
    selections.filter(({ field }) => fieldsOf(of).some(({ name }) => name === field));
  return {
    ...graph,
    objects: objects.map((type) => ({
      ...type,
      fields: type.fields.map((field) => ({
        ...field,
        requires: existing(type.name, field.requires),
        homes: field.homes.map((home) => ({ ...home, provides: existing(field.type.of, home.provides) })),
      })),
    })),
    interfaces: graph.interfaces.map((type) => ({
      ...type,
      fields: type.fields.filter((field) => isKnown(field.type.of)),
    })),
    unions: graph.unions
      .map((union) => ({ ...union, members: union.members.filter((name) => known.has(name)) }))
      .filter(({ members }) => members.length > 0),
  };
}
