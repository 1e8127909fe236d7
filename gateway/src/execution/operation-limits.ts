import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What one operation may ask for at most; fragments count wherever they are spread. */
export interface OperationLimits {
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Levels of nested fields; introspection counts one. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields altogether. */
  readonly fields: number;
  /** Directives altogether; without it as many as there are tokens for. */
  readonly directives?: number;
  /** Cost by `@cost` and `@listSize`; without it any. */
  readonly cost?: number;
}

interface Measure {
  readonly depth: number;
  readonly aliases: number;
  /** Fields of the selection itself, not of those nested in it. */
  readonly rootFields: number;
  readonly fields: number;
  readonly directives: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0, rootFields: 0, fields: 0, directives: 0 };
const NAMES = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  fields: 'fields',
  directives: 'directives',
} as const;
const MEASURED = ['depth', 'aliases', 'rootFields', 'fields', 'directives'] as const;

/** An error for each limit that the operation passes. Each fragment is measured once, so this is linear in the document. */
export function findPassedLimits(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  limits: OperationLimits,
): readonly GraphQLError[] {
  const inside = new Measurement(document).ofSelection(operation.selectionSet);
  const measure = { ...inside, directives: inside.directives + directivesOf(operation) };
  return MEASURED.flatMap((limit) => {
    const maximum = limits[limit] ?? Infinity;
    return measure[limit] > maximum ? [limitError(limit, NAMES[limit], maximum, measure[limit], operation)] : [];
  });
}

/** Of the operation itself and of its variables. */
function directivesOf({ directives = [], variableDefinitions = [] }: OperationDefinitionNode): number {
  return variableDefinitions.reduce((count, variable) => count + (variable.directives?.length ?? 0), directives.length);
}

export function limitError(
  limit: keyof OperationLimits,
  name: string,
  maximum: number,
  actual: number | undefined,
  operation?: OperationDefinitionNode,
): GraphQLError {
  const has = actual === undefined ? 'has more' : `has ${actual}`;
  return new GraphQLError(`An operation may have at most ${maximum} ${name}; this one ${has}.`, {
    nodes: operation,
    extensions: { code: 'LIMIT_EXCEEDED', limit, maximum, ...(actual === undefined ? {} : { actual }) },
  });
}

class Measurement {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Measure>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  ofSelection(set: SelectionSetNode | undefined): Measure {
    return (set?.selections ?? []).map((selection) => this.#of(selection)).reduce(together, NOTHING);
  }

  #of(selection: SelectionSetNode['selections'][number]): Measure {
    const measure = this.#ofUndirected(selection);
    return { ...measure, directives: measure.directives + (selection.directives?.length ?? 0) };
  }

  #ofUndirected(selection: SelectionSetNode['selections'][number]): Measure {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value);
    const inner = this.ofSelection(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
    const isIntrospection = selection.name.value.startsWith('__');
    return {
      directives: inner.directives,
      depth: isIntrospection ? 1 : inner.depth + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      rootFields: 1,
      fields: inner.fields + 1,
    };
  }

  /** A fragment that spreads itself measures nothing here: validation refuses it. */
  #ofFragment(name: string): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    this.#measured.set(name, NOTHING);
    const fragment = this.#fragments.get(name);
    const inside = this.ofSelection(fragment?.selectionSet);
    const measure = { ...inside, directives: inside.directives + (fragment?.directives?.length ?? 0) };
    this.#measured.set(name, measure);
    return measure;
  }
}

function together(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    fields: a.fields + b.fields,
    directives: a.directives + b.directives,
  };
}
