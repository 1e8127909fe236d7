import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  doTypesOverlap,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  validate,
  visit,
} from 'graphql';

import type { Choices } from './choices';
import { ValueWriter } from './generate-values';
import type { Operation } from './operation';

/** Response names that meet those of fields, of keys, and of what every JavaScript object has. */
const ALIASES = ['x', 'x', 'y', 'y', 'z', 'id', 'f0', 'f1', 'i00', 'constructor', 'toString', 'then'];
const MOST_REPAIRS = 30;
const MOST_DEPTH = 5;

/** A random operation that is valid; null when it could not be made valid. */
export function generateOperation(choices: Choices, schema: GraphQLSchema): Operation | null {
  const writer = new OperationWriter(choices, schema);
  const { text, variables } = writer.write();
  const document = repaired(schema, parse(text, { noLocation: true }));
  return document && { document, variables };
}

class OperationWriter {
  readonly #values: ValueWriter;
  readonly #fragments = new Map<string, { readonly type: string; readonly text: string }>();
  #fragmentNames = 0;
  /** Selections that may still be written. */
  #left: number;

  constructor(
    private readonly choices: Choices,
    private readonly schema: GraphQLSchema,
  ) {
    this.#values = new ValueWriter(choices, schema);
    this.#left = choices.between(3, 50);
  }

  write(): { text: string; variables: Record<string, unknown> } {
    const mutation = this.schema.getMutationType();
    const isMutation = !!mutation && this.choices.chance(15);
    const root = isMutation ? mutation : this.schema.getQueryType();
    if (!root) throw new Error('A graph has a Query type.');
    const selection = this.#selectionSet(root, MOST_DEPTH);
    const { variables } = this.#values;
    const declared = variables.map(({ name, type, defaultText }) => `$${name}: ${type}${defaultText === null ? '' : ` = ${defaultText}`}`);
    const head = `${isMutation ? 'mutation' : 'query'}${this.choices.chance(50) ? ' Op' : ''}`;
    const operation = `${head} ${declared.length > 0 ? `(${declared.join(', ')}) ` : ''}${selection}`;
    const fragments = [...this.#fragments].map(([name, { type, text }]) => `fragment ${name} on ${type} ${text}`);
    const given = variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
    return { text: [operation, ...fragments].join('\n'), variables: Object.fromEntries(given) };
  }

  #selectionSet(type: GraphQLNamedType, depth: number): string {
    const count = this.choices.between(1, depth === MOST_DEPTH ? 4 : 5);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth)).filter((text) => text !== '');
    return `{ ${selections.length > 0 ? selections.join(' ') : '__typename'} }`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (this.#left <= 0) return '';
    this.#left -= 1;
    const kind = this.choices.between(0, 99);
    if (kind < 8) return `${this.#alias(30)}__typename${this.#directives()}`;
    if (kind < 28 || (kind < 80 && !hasFields(type))) return this.#inlineFragment(type, depth);
    if (kind < 38) return this.#spread(type, depth);
    if (kind < 39 && type === this.schema.getQueryType()) return `__type(name: "E0") { name kind }`;
    return hasFields(type) ? this.#field(Object.values(type.getFields()), depth) : '';
  }

  #field(fields: readonly GraphQLField<unknown, unknown>[], depth: number): string {
    const field = this.choices.maybe(fields.filter(({ type }) => depth > 1 || !isCompositeType(getNamedType(type))));
    if (!field) return '';
    const head = `${this.#alias(30)}${field.name}${this.#arguments(field)}`;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return `${head}${this.#directives()}`;
    const one = `${head}${this.#directives()} ${this.#selectionSet(type, depth - 1)}`;
    return this.choices.chance(10) ? `${one} ${head}${this.#directives()} ${this.#selectionSet(type, depth - 1)}` : one;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args
      .filter(({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || this.choices.chance(60))
      .map(({ name, type }) => `${name}: ${this.#values.write(type)}`);
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  #alias(percent: number): string {
    return this.choices.chance(percent) ? `${this.choices.pick(ALIASES)}: ` : '';
  }

  #directives(): string {
    const { choices } = this;
    const one = (name: string) => ` @${name}(if: ${this.#values.condition()})`;
    return `${choices.chance(7) ? one('include') : ''}${choices.chance(5) ? one('skip') : ''}`;
  }

  #inlineFragment(type: GraphQLNamedType, depth: number): string {
    const condition = this.choices.chance(10) ? type : this.choices.pick(this.#overlapping(type));
    const on = this.choices.chance(8) && condition === type ? '' : ` on ${condition.name}`;
    return `...${on}${this.#directives()} ${this.#selectionSet(condition, depth)}`;
  }

  #spread(type: GraphQLNamedType, depth: number): string {
    const fitting = [...this.#fragments].filter(([, fragment]) =>
      this.#overlapping(type).some(({ name }) => name === fragment.type),
    );
    const [known] = (this.choices.chance(50) ? this.choices.maybe(fitting) : undefined) ?? [];
    return `...${known ?? this.#newFragment(type, depth)}${this.#directives()}`;
  }

  #newFragment(type: GraphQLNamedType, depth: number): string {
    const on = this.choices.pick(this.#overlapping(type));
    this.#fragmentNames += 1;
    const name = `F${this.#fragmentNames}`;
    const text = this.#selectionSet(on, Math.min(depth, 3)); // known only now, so that no fragment spreads itself
    this.#fragments.set(name, { type: on.name, text });
    return name;
  }

  /** Types a fragment within the type may be on. */
  #overlapping(type: GraphQLNamedType): GraphQLNamedType[] {
    if (!isCompositeType(type)) return [];
    return Object.values(this.schema.getTypeMap()).filter(
      (other) => isCompositeType(other) && !other.name.startsWith('__') && doTypesOverlap(this.schema, type, other),
    );
  }
}

function hasFields(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type);
}

/** The document with other aliases where fields of one response name contradict each other; null if it stays invalid. */
function repaired(schema: GraphQLSchema, document: DocumentNode): DocumentNode | null {
  let current = document;
  for (let attempt = 0; attempt < MOST_REPAIRS; attempt += 1) {
    const errors = validate(schema, current, undefined, { maxErrors: 1 });
    const [error] = errors;
    if (!error) return parse(print(current));
    const conflicting = lastField(error);
    if (!conflicting) return null;
    current = withAlias(current, conflicting, `u${attempt}`);
  }
  return null;
}

function lastField({ message, nodes = [] }: GraphQLError): FieldNode | undefined {
  if (!message.includes('conflict because')) return undefined;
  return nodes.filter((node) => node.kind === Kind.FIELD).at(-1);
}

function withAlias(document: DocumentNode, field: FieldNode, alias: string): DocumentNode {
  return visit(document, {
    Field: (node) => (node === field ? { ...node, alias: { kind: Kind.NAME, value: alias } } : undefined),
  });
}
