import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type ValueNode,
  Kind,
  isInterfaceType,
  isObjectType,
  print,
  visit,
} from 'graphql';

/** Names of fields that take arguments, whatever their type. */
export function fieldsWithArguments(schema: GraphQLSchema): ReadonlySet<string> {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = types.flatMap((type) => Object.values(type.getFields()));
  return new Set(fields.filter(({ args }) => args.length > 0).map(({ name }) => name));
}

/**
 * The names under which a document's fields are fetched. A client may give any name to a field and any arguments; the
 * planner adds fields to the same selections, under their own names and with arguments of its own (`@key`, `@requires`), and
 * does not keep them apart from the client's. So each field of the client that has an alias, or could have arguments, gets
 * a name of its own here: the same for selections that GraphQL merges, another for all others.
 */
export class PlanNames {
  readonly #planNames = new Map<string, string>();
  readonly #responseNames = new Map<string, string>();

  constructor(private readonly withArguments: ReadonlySet<string>) {}

  /** The document with these names. */
  rename(document: DocumentNode): DocumentNode {
    return visit(document, {
      FragmentDefinition: { enter: ({ typeCondition }) => (isMeta(typeCondition.name.value) ? false : undefined) },
      InlineFragment: { enter: ({ typeCondition }) => (isMeta(typeCondition?.name.value) ? false : undefined) },
      Field: {
        enter: ({ name }) => (isMeta(name.value) && name.value !== '__typename' ? false : undefined),
        leave: (node) => this.#renamed(node),
      },
    });
  }

  /** What the client calls a field that is fetched under this name. */
  responseNameOf(planName: string): string {
    return this.#responseNames.get(planName) ?? planName;
  }

  /** A path of what was fetched as the client knows it. */
  pathOf(path: readonly (string | number)[]): readonly (string | number)[] {
    if (this.#responseNames.size === 0) return path;
    return path.map((key) => (typeof key === 'string' ? this.responseNameOf(key) : key));
  }

  #renamed(node: FieldNode): FieldNode | undefined {
    const { name, alias, arguments: given = [] } = node;
    const responseName = (alias ?? name).value;
    if (responseName === name.value && !this.withArguments.has(name.value)) return undefined;
    const key = [responseName, name.value, ...given.map(canonical).sort()].join(' ');
    let planName = this.#planNames.get(key);
    if (planName === undefined) {
      planName = `_${this.#planNames.size}_${responseName}`;
      this.#planNames.set(key, planName);
      this.#responseNames.set(planName, responseName);
    }
    return { ...node, alias: { kind: Kind.NAME, value: planName } };
  }
}

function isMeta(name: string | undefined): boolean {
  return name?.startsWith('__') === true;
}

/** Equal for arguments that GraphQL holds equal: the order of input fields does not count. */
function canonical({ name, value }: ArgumentNode): string {
  return `${name.value}:${print(sorted(value))}`;
}

function sorted(value: ValueNode): ValueNode {
  if (value.kind === Kind.LIST) return { ...value, values: value.values.map(sorted) };
  if (value.kind !== Kind.OBJECT) return value;
  const fields = value.fields
    .map((field) => ({ ...field, value: sorted(field.value) }))
    .sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
  return { ...value, fields };
}
