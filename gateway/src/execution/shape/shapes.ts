import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

import { compileObject } from './compile-shape';
import type { Write } from './writing';

/** Each combination of conditions has a shape of its own; a document with many conditions must not fill the memory. */
const MOST_SHAPES = 64;
const CONDITIONAL: ReadonlySet<string> = new Set(['skip', 'include', 'defer']);

/** How responses of one selection are written, for every combination of the variables that decide what is in them. */
export class Shapes {
  readonly #known = new Map<string, Write>();
  readonly #conditions: readonly string[];
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly type: GraphQLCompositeType,
    private readonly selection: SelectionSetNode,
    private readonly isDeferring: boolean,
  ) {
    this.#conditions = conditionsIn(document);
    this.#fragments = fragmentsIn(document);
  }

  of(variables: Readonly<Record<string, unknown>>): Write {
    const key = this.#conditions.map((name) => String(variables[name])).join();
    const known = this.#known.get(key);
    if (known) return known;
    const { schema, isDeferring } = this;
    const reading = { schema, fragments: this.#fragments, variables, isDeferring };
    const write = compileObject(reading, this.type, [this.selection]);
    if (this.#known.size < MOST_SHAPES) this.#known.set(key, write);
    return write;
  }
}

export function fragmentsIn({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The variables that decide whether a selection counts. */
function conditionsIn(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: values = [] }) {
      if (!CONDITIONAL.has(name.value)) return;
      for (const { value } of values) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
