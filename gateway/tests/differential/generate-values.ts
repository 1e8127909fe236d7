import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

import type { Choices } from './choices';

/** A variable of an operation. `value` is undefined when the client does not give it. */
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly defaultText: string | null;
  readonly value: unknown;
}

const TEXTS = ['t', '', 'a "b"', 'ü\n', '$notAVariable'];

/** Writes argument values into an operation, some of them as variables, and keeps the variables. */
export class ValueWriter {
  readonly variables: Variable[] = [];

  constructor(
    private readonly choices: Choices,
    private readonly schema: GraphQLSchema,
  ) {}

  /** The value as GraphQL text: a literal, a variable, or a literal with variables inside. */
  write(type: GraphQLInputType, depth = 2): string {
    if (this.choices.chance(28)) return this.variable(type, depth);
    if (isNonNullType(type)) return this.#literal(type.ofType, depth, true);
    return this.choices.chance(10) ? 'null' : this.#literal(type, depth, true);
  }

  /** A condition of `@skip` or `@include`. */
  condition(): string {
    if (this.choices.chance(35)) return this.choices.chance(50) ? 'true' : 'false';
    const known = this.variables.filter(({ type }) => type === 'Boolean!');
    const reused = this.choices.chance(50) ? this.choices.maybe(known) : undefined;
    if (reused) return `$${reused.name}`;
    const value = this.choices.chance(50);
    if (this.choices.chance(70)) return this.#declare('Boolean!', null, value);
    return this.#declare(
      'Boolean',
      this.choices.chance(50) ? 'true' : 'false',
      this.choices.chance(50) ? value : undefined,
    );
  }

  variable(type: GraphQLInputType, depth = 2): string {
    const { choices } = this;
    const value = this.#value(type, depth);
    if (isNonNullType(type) || choices.chance(30)) {
      const given = value ?? this.#value(getNullableType(type), 0, false);
      return this.#declare(`${String(getNullableType(type))}!`, null, given);
    }
    const defaultText = choices.chance(40) ? this.#literal(type, 1, false) : null;
    return this.#declare(String(type), defaultText, choices.chance(25) ? undefined : value);
  }

  #declare(type: string, defaultText: string | null, value: unknown): string {
    const name = `v${this.variables.length}`;
    this.variables.push({ name, type, defaultText, value });
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number, mayVary: boolean): string {
    const { choices } = this;
    const inner = (of: GraphQLInputType) => (mayVary ? this.write(of, depth - 1) : this.#constant(of, depth - 1));
    if (isNonNullType(type)) return this.#literal(type.ofType, depth, mayVary);
    if (isListType(type)) {
      if (choices.chance(15)) return this.#literal(type.ofType, depth, false); // one value stands for a list of one
      return `[${Array.from({ length: choices.between(0, 2) }, () => inner(type.ofType)).join(', ')}]`;
    }
    if (isEnumType(type)) return choices.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth > 0 && choices.chance(40)),
      );
      return `{ ${fields.map((field) => `${field.name}: ${inner(field.type)}`).join(', ')} }`;
    }
    return type.name === 'Json' ? this.#json(depth, mayVary) : JSON.stringify(this.#leaf(type.name));
  }

  #constant(type: GraphQLInputType, depth: number): string {
    if (!isNonNullType(type) && this.choices.chance(10)) return 'null';
    return this.#literal(type, depth, false);
  }

  /** A literal of the custom scalar; its parts may be variables of any type. */
  #json(depth: number, mayVary: boolean): string {
    const { choices } = this;
    if (depth <= 0) return choices.pick(['1', 'null', '"s"', 'AN_ENUM', '-2.5e3']);
    const json = this.schema.getType('Json');
    const part = () =>
      mayVary && json && 'parseLiteral' in json && choices.chance(30)
        ? this.variable(json, 0)
        : this.#json(depth - 1, mayVary);
    return choices.chance(50) ? `[${part()}, ${part()}]` : `{ a: ${part()}, __typename: ${part()} }`;
  }

  #value(type: GraphQLInputType, depth: number, mayBeNull = true): unknown {
    const { choices } = this;
    if (isNonNullType(type)) return this.#value(type.ofType, depth, false);
    if (mayBeNull && choices.chance(12)) return null;
    if (isListType(type)) {
      if (choices.chance(15)) return this.#value(type.ofType, depth, false);
      return Array.from({ length: choices.between(0, 2) }, () => this.#value(type.ofType, depth - 1));
    }
    if (isEnumType(type)) return choices.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth > 0 && choices.chance(40)),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.#value(field.type, depth - 1)]));
    }
    return type.name === 'Json'
      ? choices.pick([{ a: [null, { b: 1 }] }, [1, 'x'], 'text', 0, { type: 'x', id: 1 }])
      : this.#leaf(type.name);
  }

  #leaf(name: string): string | number | boolean {
    const { choices } = this;
    if (name === 'Int') return choices.between(-3, 12);
    if (name === 'Float') return choices.pick([0.5, 3, -1e-7]);
    if (name === 'Boolean') return choices.chance(50);
    return choices.pick(TEXTS);
  }
}
