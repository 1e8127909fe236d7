import type { GraphQLCompositeType, SelectionSetNode } from 'graphql';

import { compileObject } from './compile-shape';
import type { DocumentReader } from './document-reader';
import type { Write } from './writing';

/** Each combination of conditions has a shape of its own; a document with many conditions must not fill the memory. */
const MOST_SHAPES = 64;

/** How one selection is written, for every combination of the variables that decide what is in it. */
export class Shapes {
  readonly #known = new Map<string, Write>();

  constructor(
    private readonly reader: DocumentReader,
    private readonly type: GraphQLCompositeType,
    private readonly sets: readonly SelectionSetNode[],
  ) {}

  of(variables: Readonly<Record<string, unknown>>): Write {
    const key = this.reader.keyOf(variables);
    const known = this.#known.get(key);
    if (known) return known;
    const write = compileObject(
      { ...this.reader.reading(variables, true), names: this.reader.names },
      this.type,
      this.sets,
    );
    if (this.#known.size < MOST_SHAPES) this.#known.set(key, write);
    return write;
  }
}
