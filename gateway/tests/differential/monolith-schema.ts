import type { Field, InputField, InterfaceField, InterfaceType, TypeUse } from './graph';
import { printType } from './graph';
import { type GraphView } from './graph-view';
import { printImplements, printInputField } from './subgraph-sdl';

/** How a monolith's schema differs from what clients of the graph see. */
interface MonolithOptions {
  /** Also what is inaccessible. */
  readonly isComplete?: boolean;
  /** Everything that is returned may be null, so that no error hides another one. */
  readonly isNullable?: boolean;
}

/** The one schema of the graph, as a server without subgraphs would declare it. Derived without composition. */
export function monolithSdl(view: GraphView, options: MonolithOptions = {}): string {
  return new MonolithPrinter(view, options).print();
}

class MonolithPrinter {
  constructor(
    private readonly view: GraphView,
    private readonly options: MonolithOptions,
  ) {}

  print(): string {
    const { enums, inputs, scalars, unions, interfaces, objects } = this.view.graph;
    return [
      ...scalars.map((name) => `scalar ${name}`),
      ...enums.map(({ name, values, inaccessibleValues }) => {
        const shown = values.filter((value) => this.options.isComplete || !inaccessibleValues.includes(value));
        return `enum ${name} { ${shown.join(' ')} }`;
      }),
      ...inputs.map(({ name, fields }) => `input ${name} { ${this.#inputFields(fields).join(' ')} }`),
      ...interfaces.flatMap((type) => this.#interface(type)),
      ...objects
        .filter((type) => this.#isShown(type) && type.fields.length > 0)
        .map((type) => {
          const shown = interfaces.filter(({ name }) => this.#implements(type.name, name)).map(({ name }) => name);
          const fields = type.fields.filter((field) => this.#isShown(field));
          return this.#block(`type ${type.name}${printImplements(shown)}`, fields);
        }),
      ...unions.flatMap(({ name, members }) => {
        const shown = objects.filter((type) => members.includes(type.name) && this.#isShown(type));
        return shown.length > 0 ? [`union ${name} = ${shown.map((type) => type.name).join(' | ')}`] : [];
      }),
    ].join('\n');
  }

  #isShown({ isInaccessible }: { readonly isInaccessible: boolean }): boolean {
    return this.options.isComplete === true || !isInaccessible;
  }

  /** An interface has what at least one subgraph declares of it, and the fields of its interface objects. */
  #interface(type: InterfaceType): string[] {
    const { graph } = this.view;
    const declared = graph.subgraphs
      .filter((subgraph) => this.view.isInterfaceIn(type, subgraph))
      .flatMap((subgraph) => this.view.interfaceFieldsIn(type, subgraph));
    const fields: (Field | InterfaceField)[] = type.fields.filter((field) => declared.includes(field));
    const [implementation] = this.view.members(type.name);
    if (type.entity && implementation) {
      fields.push(...implementation.fields.filter(({ onInterfaceObject }) => onInterfaceObject === type.name));
      fields.unshift({ name: 'id', type: { of: 'ID', shape: '_!' }, args: [] });
    }
    if (fields.length === 0) return [];
    const parents = type.interfaces.filter((parent) =>
      graph.subgraphs.some((subgraph) =>
        [parent, type.name].every((name) => {
          const found = this.view.findInterface(name);
          return found && this.view.isInterfaceIn(found, subgraph);
        }),
      ),
    );
    return [this.#block(`interface ${type.name}${printImplements(parents)}`, fields)];
  }

  #implements(object: string, name: string): boolean {
    const type = this.view.findObject(object);
    return !!type?.homes.some(({ subgraph }) =>
      this.view.interfacesOf(type, subgraph).some((candidate) => candidate.name === name),
    );
  }

  #block(head: string, fields: readonly (Field | InterfaceField)[]): string {
    const lines = fields.map(({ name, args, type }) => {
      const shown = this.#inputFields(args);
      return `  ${name}${shown.length > 0 ? `(${shown.join(', ')})` : ''}: ${this.#type(type)}`;
    });
    return [`${head} {`, ...lines, '}'].join('\n');
  }

  #type(type: TypeUse): string {
    const printed = printType(type);
    return this.options.isNullable ? printed.replaceAll('!', '') : printed;
  }

  #inputFields(fields: readonly InputField[]): string[] {
    return fields
      .filter((field) => this.#isShown(field))
      .map((field) => printInputField({ ...field, isInaccessible: false }));
  }
}
