import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { mutate } from './mutate';
import type { Random } from './random';

/** Makes GraphQL documents: valid ones by the schema's grammar, broken ones from these, and shapes meant to hurt. */
export class DocumentFuzz {
  #aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  any(): string {
    const { random } = this;
    const kind = random.next();
    if (kind < 0.45) return this.valid();
    if (kind < 0.8) return mutate(this.valid(), random);
    return this.#hurtful();
  }

  valid(): string {
    const { random, schema } = this;
    const kinds = ['query', 'query', 'query', 'mutation', 'subscription'] as const;
    const kind = random.pick(kinds);
    const root = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    };
    const type = root[kind] ?? schema.getQueryType();
    if (!type) return '{ __typename }';
    const name = random.chance(0.5) ? ` Q${random.below(5)}` : '';
    const fragment = random.chance(0.2) ? ` fragment F on ${type.name} ${this.#selection(type, 2)}` : '';
    const selection = this.#selection(type, 1 + random.below(5));
    return `${kind}${name} ${fragment ? selection.replace('{', '{ ...F ') : selection}${fragment}`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
    if (fields.length === 0 || !isObjectType(type)) return '';
    const names = new Set(this.random.times(3, () => this.random.pick(fields)).concat(this.random.pick(fields)));
    const chosen = [...names].map((name) => this.#field(type, name, depth));
    return `{ ${chosen.join(' ')} }`;
  }

  #field(parent: GraphQLObjectType, name: string, depth: number): string {
    const { random } = this;
    const field = parent.getFields()[name];
    if (!field) return '__typename';
    const type = getNamedType(field.type);
    if (isObjectType(type) && depth <= 0) return '__typename';
    const alias = random.chance(0.2) ? `a${random.chance(0.95) ? (this.#aliases += 1) : 0}: ` : '';
    const given = field.args.filter((argument) => isNonNullType(argument.type) || random.chance(0.3));
    const values = given.map((argument) => `${argument.name}: ${this.#value(argument.type, 3)}`).join(', ');
    const directive = random.chance(0.08) ? ` @${random.pick(['include', 'skip'])}(if: ${random.chance(0.5)})` : '';
    return `${alias}${name}${values ? `(${values})` : ''}${directive} ${this.#selection(type, depth - 1)}`;
  }

  #value(type: GraphQLInputType, depth: number): string {
    const { random } = this;
    if (isNonNullType(type)) return this.#value(type.ofType, depth);
    if (random.chance(0.01)) return 'null';
    if (isListType(type)) return `[${random.times(3, () => this.#value(type.ofType, depth - 1)).join(', ')}]`;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      if (depth <= 0) return '{}';
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.5));
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, depth - 1)}`).join(', ')} }`;
    }
    if (type.name === 'Int')
      return String(
        random.pick([0, 1, 20, 100, 101, -1, 2_147_483_647, ...(random.chance(0.1) ? [2_147_483_648] : [])]),
      );
    if (type.name === 'Float') return random.pick(['0', '1.5', '-1e300']);
    if (type.name === 'Boolean') return String(random.chance(0.5));
    return JSON.stringify(
      random.pick(['', 'x', '0198c0de-0000-7000-8000-000000000001', 'a@b.example', 'é🏫', 'y'.repeat(300)]),
    );
  }

  #hurtful(): string {
    const { random } = this;
    const size = 2 ** random.below(13);
    return random.pick<() => string>([
      () => '{ a '.repeat(size) + '}'.repeat(size),
      () => '['.repeat(size),
      () => `{ ${Array.from({ length: size }, (_, index) => `a${index}: me { id }`).join(' ')} }`,
      () => `{ me ${'@include(if: true) '.repeat(size)} { id } }`,
      () => `{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }`,
      () =>
        `{ ...F0 } ${Array.from({ length: Math.min(size, 200) }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')}`,
      () =>
        `query (${Array.from({ length: size }, (_, index) => `$v${index}: Int = ${index}`).join(' ')}) { me { id } }`,
      () => `{ user(id: """${'"'.repeat(size)}""") { id } }`,
      () => `{ user(id: "${'\\u00e9'.repeat(size)}") { id } }`,
      () => `# ${'x'.repeat(size)}\n{ me { id } }`,
      () => `{ ${'me { id } '.repeat(size)} }`,
      () => `subscription { ${'notebookChanged(id: "x") { kind } '.repeat(Math.min(size, 50))} }`,
      () => `subscription ($s: Boolean!) { notebookChanged(id: "x") @include(if: $s) { kind } }`,
      () => `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`,
      () => `{ __proto__ constructor hasOwnProperty __typename }`,
      () => `query A { me { id } } query B { me { id } }`,
      () => `type T { a: Int } schema { query: T }`,
    ])();
  }
}
