import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  doTypesOverlap,
  getNamedType,
  isAbstractType,
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
import type { PlannerLimits } from './planner-limits';

/** Response names that meet each other, and those of what every JavaScript object has. */
/** Among them names of fields, also of keys and of those that others require. */
const ALIASES = ['x', 'x', 'y', 'y', 'z', 'id', 'sku', 'f0', 'f1', 'n0', 'n1', 'r0', 'constructor', 'toString', 'then'];
const MOST_REPAIRS = 30;
const MOST_DEPTH = 5;

/** A random operation that is valid; null when it could not be made valid. */
export function generateOperation(choices: Choices, schema: GraphQLSchema, limits: PlannerLimits): Operation | null {
  const writer = new OperationWriter(choices, schema, limits);
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
    private readonly limits: PlannerLimits,
  ) {
    this.#values = new ValueWriter(choices, schema);
    this.#left = choices.between(3, 50);
  }

  write(): { text: string; variables: Record<string, unknown> } {
    const mutation = this.schema.getMutationType();
    const isMutation = !!mutation && this.choices.chance(15);
    const root = isMutation ? mutation : this.schema.getQueryType();
    if (!root) throw new Error('A graph has a Query type.');
    const selection = this.#selectionSet(root, MOST_DEPTH).text;
    const { variables } = this.#values;
    const declared = variables.map(
      ({ name, type, defaultText }) => `$${name}: ${type}${defaultText === null ? '' : ` = ${defaultText}`}`,
    );
    const head = `${isMutation ? 'mutation' : 'query'}${this.choices.chance(50) ? ' Op' : ''}`;
    const operation = `${head} ${declared.length > 0 ? `(${declared.join(', ')}) ` : ''}${selection}`;
    const fragments = [...this.#fragments].map(([name, { type, text }]) => `fragment ${name} on ${type} ${text}`);
    const given = variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
    return { text: [operation, ...fragments].join('\n'), variables: Object.fromEntries(given) };
  }

  #selectionSet(type: GraphQLNamedType, depth: number, scope = this.#scopeOf(type)): Written {
    const count = this.choices.between(1, depth === MOST_DEPTH ? 4 : 5);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth, scope));
    const isCertain = selections.some((selection) => selection.isCertain);
    const isInField = scope.type !== null && depth < MOST_DEPTH;
    const texts = selections.map(({ text }) => text).filter((text) => text !== '');
    if (texts.length === 0 || (isInField && !isCertain)) texts.push('__typename');
    return { text: `{ ${texts.join(' ')} }`, isCertain };
  }

  #selection(type: GraphQLNamedType, depth: number, scope: Scope): Written {
    if (this.#left <= 0) return NOTHING;
    this.#left -= 1;
    const kind = this.choices.between(0, 99);
    if (kind < 8) return conditional(`${this.#alias(30)}__typename`, this.#directives());
    if (kind < 28 || (kind < 80 && !hasFields(type))) return this.#inlineFragment(type, depth, scope);
    if (kind < 38) return this.#spread(type, depth, scope);
    const isRoot = scope.type === this.schema.getQueryType();
    if (isRoot && kind < 40) return { text: '__type(name: "E0") { name kind }', isCertain: true };
    return hasFields(type) ? this.#field(this.#fieldsOf(type, scope), depth) : NOTHING;
  }

  #field(fields: readonly GraphQLField<unknown, unknown>[], depth: number): Written {
    const links = fields.filter(({ type }) => isCompositeType(getNamedType(type)));
    const isLink = depth > 1 && links.length > 0 && this.choices.chance(60);
    const field = this.choices.maybe(isLink ? links : fields.filter((other) => !links.includes(other)));
    if (!field) return NOTHING;
    const head = `${this.#alias(30)}${field.name}${this.#arguments(field)}`;
    const type = getNamedType(field.type);
    const write = () =>
      conditional(
        head,
        this.#directives(),
        isCompositeType(type) ? ` ${this.#selectionSet(type, depth - 1).text}` : '',
      );
    const one = write();
    return this.choices.chance(8) ? { text: `${one.text} ${write().text}`, isCertain: one.isCertain } : one;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args
      .filter(
        ({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || this.choices.chance(60),
      )
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

  /** The planner moves the fields of conditional fragments at the root of a mutation together. */
  #directivesOfFragment(type: GraphQLNamedType): string {
    return type === this.schema.getMutationType() ? '' : this.#directives();
  }

  #fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType, { narrowedFrom }: Scope): GraphQLField<unknown, unknown>[] {
    const isNarrowed = narrowedFrom === this.limits.interfaceWithKey;
    const { ofInterfaceObjects } = this.limits;
    return Object.values(type.getFields()).filter(({ name }) => !isNarrowed || !ofInterfaceObjects.has(name));
  }

  #inlineFragment(type: GraphQLNamedType, depth: number, scope: Scope): Written {
    const condition = this.choices.chance(10) ? type : this.#condition(type, scope);
    const on = this.choices.chance(8) && condition === type ? '...' : `... on ${condition.name}`;
    const directives = this.#directivesOfFragment(type);
    const { text, isCertain } = this.#within(condition, depth, scope);
    return { text: `${on}${directives} ${text}`, isCertain: isCertain && directives === '' };
  }

  #within(condition: GraphQLNamedType, depth: number, scope: Scope): Written {
    const inner = this.#narrowed(scope, condition);
    const { text, isCertain } = this.#selectionSet(condition, depth, inner);
    return { text, isCertain: isCertain && inner.possible.length > 0 };
  }

  #spread(type: GraphQLNamedType, depth: number, scope: Scope): Written {
    const isFree = scope.narrowedFrom !== this.limits.interfaceWithKey && type.name !== this.limits.interfaceWithKey;
    const fitting = [...this.#fragments].filter(([, fragment]) =>
      this.#overlapping(type, scope).some(({ name }) => name === fragment.type),
    );
    const [known] = (isFree && this.choices.chance(50) ? this.choices.maybe(fitting) : undefined) ?? [];
    if (known !== undefined) return { text: `...${known}${this.#directivesOfFragment(type)}`, isCertain: false }; // it was written for another place
    const fragment = this.#newFragment(type, depth, scope);
    const directives = this.#directivesOfFragment(type);
    return { text: `...${fragment.name}${directives}`, isCertain: fragment.isCertain && directives === '' };
  }

  #newFragment(type: GraphQLNamedType, depth: number, scope: Scope): { name: string; isCertain: boolean } {
    const on = this.#condition(type, scope);
    this.#fragmentNames += 1;
    const name = `F${this.#fragmentNames}`;
    const { text, isCertain } = this.#within(on, Math.min(depth, 3), scope);
    this.#fragments.set(name, { type: on.name, text }); // known only now, so that no fragment spreads itself
    return { name, isCertain };
  }

  #scopeOf(type: GraphQLNamedType): Scope {
    return { type, possible: this.#objectsOf(type), narrowedFrom: null };
  }

  #narrowed(scope: Scope, condition: GraphQLNamedType): Scope {
    const objects = this.#objectsOf(condition);
    const possible = scope.possible.filter((type) => objects.includes(type));
    const narrowedFrom = scope.narrowedFrom ?? scope.type?.name ?? null;
    return { type: null, possible, narrowedFrom };
  }

  #objectsOf(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isObjectType(type)) return [type];
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
  }

  /** A type condition: mostly an object type, so that the selection does not end without a field. */
  #condition(type: GraphQLNamedType, scope: Scope): GraphQLNamedType {
    const overlapping = this.#overlapping(type, scope);
    const objects = this.choices.chance(60) ? overlapping.filter((other) => isObjectType(other)) : [];
    return this.choices.pick(objects.length > 0 ? objects : overlapping);
  }

  /** Types a fragment within the type may be on. */
  #overlapping(type: GraphQLNamedType, { narrowedFrom }: Scope): GraphQLNamedType[] {
    const { schema, limits } = this;
    if (!isCompositeType(type)) return [];
    if (narrowedFrom === limits.interfaceWithKey) return [type];
    return Object.values(schema.getTypeMap()).filter(
      (other) =>
        isCompositeType(other) &&
        !other.name.startsWith('__') &&
        doTypesOverlap(schema, type, other) &&
        (type.name !== limits.interfaceWithKey || isObjectType(other)),
    );
  }
}

/** Where a selection stands. */
interface Scope {
  /** The type of the field whose selection set it is itself, not that of a fragment inside; null in fragments. */
  readonly type: GraphQLNamedType | null;
  /** The object types that the fragments around leave. */
  readonly possible: readonly GraphQLObjectType[];
  /** In a fragment, the type of the field around it. */
  readonly narrowedFrom: string | null;
}

/** A part of an operation. */
interface Written {
  readonly text: string;
  /**
   * It asks for something whatever the variables and types are. The planner does not ask for a field at all when nothing
   * in it is certain, so nobody knows whether it is null or an empty object: such a field gets `__typename` too.
   */
  readonly isCertain: boolean;
}

const NOTHING: Written = { text: '', isCertain: false };

function conditional(head: string, directives: string, rest = ''): Written {
  return { text: `${head}${directives}${rest}`, isCertain: directives === '' };
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
