import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  buildASTSchema,
  OperationTypeNode,
  executeSync,
  getOperationAST,
  parse,
} from 'graphql';

import type { Field } from './graph';
import { monolithSdl } from './monolith-schema';
import { pathKey } from './paths';
import type { Operation } from './operation';
import { type Thing, type World, isThing } from './world';

/** What the graph's one server would answer, and every error that could be told. */
export interface MonolithAnswer {
  readonly result: ExecutionResult;
  /**
   * What could fail anywhere in the operation: the errors when nothing returned had to be non-null, also beneath objects
   * of types that clients do not see, which a subgraph resolves all the same.
   */
  readonly everyError: readonly GraphQLError[];
  /** The shape of each field that was resolved, such as `[_!]`, by `pathKey`. */
  readonly shapes: ReadonlyMap<string, string>;
  /** Each field resolved, with the object it was resolved on. */
  readonly resolved: readonly Resolution[];
  readonly isMutation: boolean;
}

interface Resolution {
  readonly thing: Thing;
  readonly field: Field;
}

interface Visitor {
  enter(resolution: Resolution, path: string): void;
  leave(value: unknown, resolution: Resolution): unknown;
}

/** Executes operations with graphql-js on the graph's merged schema. */
export class Monolith {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Where no error hides another one: what clients see, and everything. */
  readonly #nullableSchemas: readonly GraphQLSchema[];

  constructor(private readonly world: World) {
    this.schema = buildASTSchema(parse(monolithSdl(world.view)));
    this.#nullableSchemas = [false, true].map((isComplete) => {
      const sdl = monolithSdl(world.view, { isNullable: true, isComplete });
      return buildASTSchema(parse(sdl), { assumeValid: true });
    });
  }

  execute(operation: Operation): MonolithAnswer {
    const shapes = new Map<string, string>();
    const resolved: Resolution[] = [];
    const result = this.#run(this.schema, operation, { enter: () => undefined, leave: (value) => value });
    const visitor: Visitor = {
      enter(resolution, path) {
        resolved.push(resolution);
        shapes.set(path, resolution.field.type.shape);
      },
      leave: (value, { field }) => withViolations(value, field.type.shape),
    };
    const everyError = this.#nullableSchemas.flatMap((schema) => this.#run(schema, operation, visitor).errors ?? []);
    const isMutation = getOperationAST(operation.document)?.operation === OperationTypeNode.MUTATION;
    return { result, everyError, shapes, resolved, isMutation };
  }

  #run(schema: GraphQLSchema, { document, variables }: Operation, visitor: Visitor): ExecutionResult {
    let turn = 0;
    const fieldResolver: GraphQLFieldResolver<unknown, unknown, Record<string, unknown>> = (source, args, _, info) => {
      const thing = isThing(source) ? source : { type: info.parentType.name, id: '' };
      const field = this.world.view.findField(thing.type, info.fieldName);
      if (!field) throw new Error(`${thing.type} has no field ${info.fieldName}.`);
      visitor.enter({ thing, field }, pathKey(info.path));
      const position = thing.type === 'Mutation' ? turn++ : null;
      const required = this.world.select(thing, field.requires);
      const value = this.world.resolve({ thing, field, args, turn: position, required });
      return visitor.leave(value, { thing, field });
    };
    const typeResolver = (value: unknown) => (isThing(value) ? value.type : undefined);
    return executeSync({ schema, document, variableValues: variables, fieldResolver, typeResolver });
  }
}

/** The value with an error in each place where null is against the type. */
function withViolations(value: unknown, shape: string): unknown {
  const isNonNull = shape.endsWith('!');
  const inner = isNonNull ? shape.slice(0, -1) : shape;
  if (value === null && isNonNull) return new GraphQLError('Null where none may be.');
  if (!Array.isArray(value) || !inner.startsWith('[')) return value;
  return value.map((item: unknown) => withViolations(item, inner.slice(1, -1)));
}
