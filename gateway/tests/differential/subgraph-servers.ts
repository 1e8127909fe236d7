import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLFieldResolver, type GraphQLSchema, execute, parse, validate } from 'graphql';

import type { SubgraphClient, SubgraphRequest } from '../../src/execution';
import type { Field, FieldSelection } from './graph';
import { ProtocolError, thingOf, thingOfInterface } from './keys';
import { type Thing, type World, isThing } from './world';

/** What happened between the gateway and the subgraphs during one operation. */
export interface Traffic {
  /** Root fields of mutations resolved so far. */
  turn: number;
  readonly requests: { readonly subgraph: string; readonly query: string; readonly variables: object }[];
  /** Requests that no correct gateway makes. */
  readonly problems: string[];
  /**
   * Requests that the planner makes too early: for a field of an interface object, reached through an interface, before
   * what it requires has been fetched. It makes them again later.
   */
  readonly misplanned: string[];
}

export function noTraffic(): Traffic {
  return { turn: 0, requests: [], problems: [], misplanned: [] };
}

/** Every subgraph of a graph in this process, executed by graphql-js; everything passes through JSON as over HTTP. */
export class SubgraphServers {
  readonly #servers: ReadonlyMap<string, SubgraphServer>;
  /** Of the operation being executed: operations run one after the other. */
  traffic: Traffic = noTraffic();

  constructor(world: World, sdls: ReadonlyMap<string, string>) {
    this.#servers = new Map([...sdls].map(([name, sdl]) => [name, new SubgraphServer(world, name, sdl)]));
  }

  readonly client: SubgraphClient = {
    fetch: async ({ subgraph, body }: SubgraphRequest) => {
      const { query, variables: sent }: { query: string; variables: object } = JSON.parse(body);
      const server = this.#servers.get(subgraph);
      if (!server) throw new Error(`There is no subgraph ${subgraph}.`);
      this.traffic.requests.push({ subgraph, query, variables: sent });
      const { data = null, errors = [] } = await server.execute(query, { ...sent }, this.traffic);
      return JSON.parse(JSON.stringify({ data, errors }));
    },
    check: async () => undefined,
    close: async () => undefined,
  };
}

class SubgraphServer {
  readonly #schema: GraphQLSchema;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(
    private readonly world: World,
    private readonly name: string,
    sdl: string,
  ) {
    const { objects, interfaces } = world.view.graph;
    const entities = objects.flatMap((type) => {
      const home = type.homes.find((candidate) => candidate.subgraph === name && candidate.keys.length > 0);
      if (!home) return [];
      const reference = (told: Record<string, unknown>) => this.#known(thingOf(type, home, told));
      return [[type.name, { __resolveReference: reference }] as const];
    });
    const interfaceEntities = interfaces
      .filter(({ entity }) => entity && [entity.home, ...entity.objectIn].includes(name))
      .map((type) => {
        const reference = (told: Record<string, unknown>) => this.#known(thingOfInterface(type, told));
        const isInterface = type.entity?.home === name;
        return [
          type.name,
          { __resolveReference: reference, ...(isInterface ? { __resolveType: typeOf } : {}) },
        ] as const;
      });
    const resolvers = Object.fromEntries([...entities, ...interfaceEntities]);
    this.#schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  }

  async execute(query: string, variableValues: Record<string, unknown>, traffic: Traffic) {
    const document = this.#parse(query, traffic);
    const contextValue = traffic;
    const { fieldResolver } = this;
    const result = await execute({
      schema: this.#schema,
      document,
      variableValues,
      contextValue,
      fieldResolver,
      typeResolver: typeOf,
    });
    for (const error of result.errors ?? []) {
      if (error.originalError instanceof ProtocolError) traffic.problems.push(`${this.name}: ${error.message}`);
      if (!error.path) traffic.problems.push(`${this.name} cannot execute ${query}: ${error.message}`);
    }
    return result;
  }

  #parse(query: string, traffic: Traffic): DocumentNode {
    const known = this.#documents.get(query);
    if (known) return known;
    const document = parse(query, { noLocation: true });
    const errors = validate(this.#schema, document).filter(({ message }) => !isTolerated(message));
    traffic.problems.push(...errors.map(({ message }) => `${this.name}: ${message} in ${query}`));
    this.#documents.set(query, document);
    return document;
  }

  #known(thing: Thing): Thing | null {
    return this.world.isUnknownIn(thing, this.name) ? null : thing;
  }

  readonly fieldResolver: GraphQLFieldResolver<unknown, Traffic, Record<string, unknown>> = (
    source,
    args,
    traffic,
    info,
  ) => {
    const thing = isThing(source) ? source : { type: info.parentType.name, id: '' };
    const field = this.world.view.findField(thing.type, info.fieldName);
    if (!field) throw new ProtocolError(`${this.name} has no ${thing.type}.${info.fieldName}.`);
    const provides = this.#provides(thing, field);
    const turn = thing.type === 'Mutation' ? traffic.turn++ : null;
    const required = this.#required(thing, field, traffic);
    const value = this.world.resolve({ thing, field, args, turn, required });
    return withProvided(value, provides);
  };

  /** What may be resolved beneath the field besides the subgraph's own; ProtocolError when the field itself may not. */
  #provides(thing: Thing, field: Field): readonly FieldSelection[] {
    if (field.isKey) return [];
    const home = field.homes.find(({ subgraph }) => subgraph === this.name);
    const provided = thing.provided?.find((selection) => selection.field === field.name);
    if (!home && !provided) throw new ProtocolError(`${this.name} does not resolve ${thing.type}.${field.name}.`);
    return home?.provides ?? provided?.selections ?? [];
  }

  /** What `@requires` asks for: out of the representation, or what the subgraph provides on this way itself. */
  #required(thing: Thing, { name, requires, onInterfaceObject }: Field, traffic: Traffic): Record<string, unknown> {
    const own = requires.filter(({ field }) => thing.provided?.some((provided) => provided.field === field));
    const others = requires.filter((selection) => !own.includes(selection));
    const isEarly = onInterfaceObject !== null && others.some(({ field }) => thing.told?.[field] === undefined);
    if (isEarly) traffic.misplanned.push(`${this.name}: ${thing.type}.${name}`);
    return { ...this.world.select(thing, own), ...take(thing.told ?? {}, others, `${thing.type}.${name}`) };
  }
}

/**
 * Where an implementation promises more than its interface (`String!` for `String`), the planner may ask for both under
 * one name, which the language forbids although every answer fits. No executor can do anything about it.
 */
function isTolerated(message: string): boolean {
  return message.includes('they return conflicting types');
}

function typeOf(value: unknown): string | undefined {
  return isThing(value) ? value.type : undefined;
}

function withProvided(value: unknown, provided: readonly FieldSelection[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withProvided(item, provided));
  return isThing(value) && provided.length > 0 ? { ...value, provided } : value;
}

function take(told: object, selections: readonly FieldSelection[], place: string): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = { ...told };
  return Object.fromEntries(
    selections.map((selection) => {
      const value = given[selection.field];
      if (value === undefined) throw new ProtocolError(`${place} was not told ${selection.field}.`);
      return [selection.field, takeIn(value, selection.selections, `${place}/${selection.field}`)];
    }),
  );
}

function takeIn(value: unknown, selections: readonly FieldSelection[], place: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => takeIn(item, selections, place));
  return selections.length > 0 && typeof value === 'object' && value !== null ? take(value, selections, place) : value;
}
