import {
  type GraphQLSchema,
  GraphQLError,
  Kind,
  buildASTSchema,
  getArgumentValues,
  isObjectType,
  parse,
  parseValue,
} from 'graphql';

import { type Choices, choicesOf } from './choices';
import type { Field, FieldSelection, ObjectType, TypeUse } from './graph';
import type { GraphView } from './graph-view';
import { keyValue } from './keys';
import { monolithSdl } from './monolith-schema';

/** An object of the graph. Its data follows from its type and id, so every server knows the same of it. */
export interface Thing {
  readonly type: string;
  readonly id: string;
  /** What a subgraph was told of it: the representation it was asked with. */
  readonly told?: Readonly<Record<string, unknown>>;
  /** Fields that the subgraph may resolve of it on this way only. */
  readonly provided?: readonly FieldSelection[];
}

/** One resolution of a field. */
export interface Asked {
  readonly thing: Thing;
  readonly field: Field;
  readonly args: Readonly<Record<string, unknown>>;
  /** The position of a root field of a mutation among those of its operation, from 0; null for other fields. */
  readonly turn: number | null;
  /** What `@requires` asks for, by field. */
  readonly required: unknown;
}

const CODES = ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'LIMIT_EXCEEDED'] as const;
/** How the names of inaccessible arguments and input fields begin. */
export const INACCESSIBLE_INPUT = 'secret';
export const ENTITIES_PER_TYPE = 4;
const MOST_ITEMS = 3;
const STRINGS = ['', 'plain', 'with "quotes" and \\', 'line\nbreak', '日本語', '\u2028', '👩‍🏫', '</script>'];

/** All data of a graph: a pure function of the seed, the object, the field and what the field was asked with. */
export class World {
  readonly complete: GraphQLSchema;

  constructor(readonly view: GraphView) {
    this.complete = buildASTSchema(parse(monolithSdl(view, { isComplete: true })), { assumeValid: true });
  }

  /** The field's value: leaves, Things, lists of them with errors in the places of failed items. Throws when it fails. */
  resolve(asked: Asked): unknown {
    const { thing, field } = asked;
    if (field.isKey) return keyValue(thing, field.name);
    if (this.isForgotten(thing, field)) return null;
    const { turn, required } = asked;
    const question = canonical([asked.args, turn, required]);
    const choices = choicesOf(`${this.view.graph.dataSeed}/${thing.type}/${thing.id}/${field.name}${question}`);
    if (this.#fails(field, choices)) throw failure(choices);
    return this.#value(field.type, field.type.shape, { choices, asked, question, place: '' });
  }

  /** Whether the only subgraph that resolves the field does not know the object. */
  isForgotten(thing: Thing, field: Field): boolean {
    const home = this.view.findObject(thing.type)?.forgetfulHome;
    if (!home || field.isKey || field.homes.length !== 1 || field.homes[0]?.subgraph !== home) return false;
    return this.isUnknownIn(thing, home);
  }

  isUnknownIn(thing: Thing, subgraph: string): boolean {
    if (this.view.findObject(thing.type)?.forgetfulHome !== subgraph) return false;
    return choicesOf(`${this.view.graph.dataSeed}/unknown/${thing.id}`).chance(50);
  }

  /** What selections of the object give, as a subgraph is told it in a representation, without `__typename`. */
  select(thing: Thing, selections: readonly FieldSelection[]): Record<string, unknown> {
    return Object.fromEntries(
      selections.map((selection) => {
        const field = this.view.findField(thing.type, selection.field);
        if (!field) throw new Error(`${thing.type} has no field ${selection.field}.`);
        const required = this.select(thing, field.requires);
        const args = this.#coerce(thing.type, selection);
        const value = this.resolve({ thing, field, args, turn: null, required });
        return [selection.field, this.#selectIn(value, selection.selections)];
      }),
    );
  }

  #selectIn(value: unknown, selections: readonly FieldSelection[]): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#selectIn(item, selections));
    return isThing(value) ? this.select(value, selections) : value;
  }

  #coerce(type: string, { field, args }: FieldSelection): Record<string, unknown> {
    const object = this.complete.getType(type);
    const definition = isObjectType(object) ? object.getFields()[field] : undefined;
    if (!definition) return {};
    const given = Object.entries(args).map(
      ([name, text]) =>
        ({
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: name },
          value: parseValue(text),
        }) as const,
    );
    return getArgumentValues(definition, {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: field },
      arguments: given,
    });
  }

  #fails(field: Field, choices: Choices): boolean {
    return !field.isTotal && choices.chance(this.view.graph.noise.failures);
  }

  #value(type: TypeUse, shape: string, at: Place): unknown {
    const { noise } = this.view.graph;
    const { isTotal } = at.asked.field;
    const isNonNull = shape.endsWith('!');
    const isNull = isNonNull ? !isTotal && at.choices.chance(noise.violations) : at.choices.chance(noise.nulls);
    if (isNull) return null;
    const inner = isNonNull ? shape.slice(0, -1) : shape;
    return inner.startsWith('[') ? this.#list(type, inner.slice(1, -1), at) : this.#named(type.of, at);
  }

  #list(type: TypeUse, shape: string, at: Place): unknown[] {
    const length = at.choices.between(0, MOST_ITEMS);
    return Array.from({ length }, (_, index) => {
      if (this.#fails(at.asked.field, at.choices)) return failure(at.choices);
      return this.#value(type, shape, { ...at, place: `${at.place}.${index}` });
    });
  }

  #named(name: string, at: Place): unknown {
    const { choices, asked } = at;
    if (!this.view.isComposite(name)) return this.#leaf(name, at);
    const object = choices.pick(this.view.possibleTypes(asked.field));
    if (object.kind === 'entity') return entity(object, choices.between(0, ENTITIES_PER_TYPE - 1));
    return { type: object.name, id: `${asked.thing.id}/${asked.field.name}${at.question}${at.place}` } satisfies Thing;
  }

  #leaf(name: string, { choices, asked, question, place }: Place): unknown {
    const enumeration = this.view.graph.enums.find((candidate) => candidate.name === name);
    if (enumeration) return choices.pick(enumeration.values);
    switch (name) {
      case 'Int':
        return choices.between(-2_147_483_648, 2_147_483_647);
      case 'Float':
        return choices.pick([0, -1.5, 1e21, 0.1, choices.between(0, 1_000_000) / 8]);
      case 'Boolean':
        return choices.chance(50);
      case 'ID':
        return `${asked.thing.type}:${choices.between(0, 99_999)}`;
      case 'String':
        return `${choices.pick(STRINGS)} ${asked.field.name}${question}${place}`;
      default:
        return customScalar(choices, 2);
    }
  }
}

interface Place {
  readonly choices: Choices;
  readonly asked: Asked;
  readonly question: string;
  /** The indices of the list item, such as `.0.2`. */
  readonly place: string;
}

export function entity(type: ObjectType, index: number): Thing {
  return { type: type.name, id: `${type.name}-${index}` };
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && 'type' in value && 'id' in value;
}

/** Any JSON value, as a scalar of the graph's own may be: also nested nulls, lists, and what looks like an object type. */
function customScalar(choices: Choices, depth: number): unknown {
  const kind = choices.between(0, depth > 0 ? 5 : 3);
  if (kind === 0) return choices.between(-9, 9);
  if (kind === 1) return choices.pick(STRINGS);
  if (kind === 2) return choices.chance(50);
  if (kind === 3) return 1.25;
  const items = Array.from({ length: choices.between(0, 3) }, () =>
    choices.chance(20) ? null : customScalar(choices, depth - 1),
  );
  if (kind === 4) return items;
  const names = ['__typename', 'id', 'b', '0'];
  return Object.fromEntries(items.map((item, index) => [names[index], item]));
}

function failure(choices: Choices): GraphQLError {
  return new GraphQLError('This part of the data is broken.', { extensions: { code: choices.pick(CODES) } });
}

/**
 * JSON with keys in order, without `undefined`, and without arguments and input fields that no client can give: a
 * subgraph sees the default of such an argument, the monolith does not have it.
 */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).filter(([name]) => !name.startsWith(INACCESSIBLE_INPUT));
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
