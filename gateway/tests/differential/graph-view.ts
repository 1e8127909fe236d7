import type { Field, FieldSelection, Graph, InterfaceField, InterfaceType, ObjectType } from './graph';

/** Answers what is where in a graph; every derived schema and all data use the same answers. */
export class GraphView {
  readonly #objects: ReadonlyMap<string, ObjectType>;
  readonly #interfaces: ReadonlyMap<string, InterfaceType>;
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(readonly graph: Graph) {
    this.#objects = new Map(graph.objects.map((type) => [type.name, type]));
    this.#interfaces = new Map(graph.interfaces.map((type) => [type.name, type]));
    this.#fields = new Map(
      graph.objects.flatMap((type) => type.fields.map((field) => [`${type.name}.${field.name}`, field])),
    );
  }

  findObject(name: string): ObjectType | undefined {
    return this.#objects.get(name);
  }

  findInterface(name: string): InterfaceType | undefined {
    return this.#interfaces.get(name);
  }

  findField(type: string, field: string): Field | undefined {
    return this.#fields.get(`${type}.${field}`);
  }

  isAbstract(name: string): boolean {
    return this.#interfaces.has(name) || this.graph.unions.some((union) => union.name === name);
  }

  isComposite(name: string): boolean {
    return this.#objects.has(name) || this.isAbstract(name);
  }

  /** All object types of an abstract type, or the object type itself. */
  members(name: string): ObjectType[] {
    const union = this.graph.unions.find((candidate) => candidate.name === name);
    return this.graph.objects.filter(
      (object) => object.name === name || object.interfaces.includes(name) || union?.members.includes(object.name),
    );
  }

  /** Those of them that a field resolved in this subgraph can give. An interface object stands for every one. */
  membersIn(name: string, subgraph: string): ObjectType[] {
    const isInterfaceObject = this.findInterface(name)?.entity?.objectIn.includes(subgraph) ?? false;
    const members = this.members(name);
    return isInterfaceObject ? members : members.filter((object) => isDeclaredIn(object, subgraph));
  }

  /** What the field can give wherever it is resolved. */
  possibleTypes(field: Field): ObjectType[] {
    const perHome = field.homes.map(({ subgraph }) => this.membersIn(field.type.of, subgraph));
    return this.members(field.type.of).filter((object) => perHome.every((objects) => objects.includes(object)));
  }

  /** The interface's own fields as this subgraph declares them: those that each implementation there has there. */
  interfaceFieldsIn(type: InterfaceType, subgraph: string): InterfaceField[] {
    if (type.entity && type.entity.home !== subgraph) return [];
    const implementations = this.members(type.name).filter((object) => isDeclaredIn(object, subgraph));
    return type.fields.filter(
      ({ name }) =>
        implementations.length > 0 &&
        implementations.every((object) => isResolvedIn(this.findField(object.name, name), subgraph)),
    );
  }

  isInterfaceIn(type: InterfaceType, subgraph: string): boolean {
    if (type.entity) return type.entity.home === subgraph;
    const parents = type.interfaces.map((name) => this.findInterface(name)).filter((parent) => !!parent);
    const hasParents = parents.every((parent) => this.isInterfaceIn(parent, subgraph));
    return hasParents && this.interfaceFieldsIn(type, subgraph).length > 0;
  }

  /** The interfaces that an object type implements in one subgraph. */
  interfacesOf(object: ObjectType, subgraph: string): InterfaceType[] {
    return this.graph.interfaces.filter(
      (type) => object.interfaces.includes(type.name) && this.isInterfaceIn(type, subgraph),
    );
  }

  /** Fields, as `Type.field`, that a subgraph declares without resolving them, for `@requires` and `@provides`. */
  externalsIn(subgraph: string): ReadonlySet<string> {
    const externals = new Set<string>();
    const visit = (type: string, selections: readonly FieldSelection[]): void => {
      for (const selection of selections) {
        const field = this.findField(type, selection.field);
        if (!field) continue;
        if (!isResolvedIn(field, subgraph)) externals.add(`${type}.${selection.field}`);
        visit(field.type.of, selection.selections);
      }
    };
    for (const object of this.graph.objects) {
      for (const field of object.fields) {
        const home = field.homes.find((candidate) => candidate.subgraph === subgraph);
        if (!home) continue;
        visit(object.name, field.requires);
        visit(field.type.of, home.provides);
      }
    }
    return externals;
  }

  /** Whether some subgraph resolves the field on the way through another field, besides its homes. */
  isProvided(type: string, field: string): boolean {
    return this.graph.objects.some((object) =>
      object.fields.some(
        (candidate) =>
          candidate.type.of === type &&
          candidate.homes.some(({ provides }) => provides.some((selection) => selection.field === field)),
      ),
    );
  }
}

export function isDeclaredIn(object: ObjectType, subgraph: string): boolean {
  return object.homes.some((home) => home.subgraph === subgraph);
}

export function isResolvedIn(field: Field | undefined, subgraph: string): boolean {
  return field?.homes.some((home) => home.subgraph === subgraph) ?? false;
}
