import type { AppliedDirective, Place } from '../applied-directives';

/** How long a list is, as `@listSize` tells. */
export interface ListSize {
  /** Items when no slicing argument is given; null when the schema does not say. */
  readonly assumedSize: number | null;
  /** Arguments that say how many items come. */
  readonly slicingArguments: readonly string[];
  /** The fields below that are the list; empty when the field itself is. */
  readonly sizedFields: ReadonlySet<string>;
  readonly requireOneSlicingArgument: boolean;
}

/** The weights a schema declares with `@cost` and `@listSize` (federation 2.9). */
export class CostWeights {
  readonly #weights = new Map<string, number>();
  readonly #sizes = new Map<string, ListSize>();

  constructor(directives: readonly AppliedDirective[]) {
    for (const directive of directives) {
      if (directive.name === 'cost') this.#weights.set(keyOf(directive.place), Number(directive.arguments.weight));
      if (directive.name === 'listSize') this.#sizes.set(keyOf(directive.place), listSizeOf(directive.arguments));
    }
  }

  weightOf(place: Place): number | undefined {
    return this.#weights.get(keyOf(place));
  }

  listSizeOf(type: string, field: string): ListSize | undefined {
    return this.#sizes.get(keyOf({ type, field }));
  }
}

function keyOf({ type, field, argument }: Place): string {
  return `${type}.${field ?? ''}.${argument ?? ''}`;
}

function listSizeOf(given: Readonly<Record<string, unknown>>): ListSize {
  const slicingArguments = strings(given.slicingArguments);
  return {
    assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : null,
    slicingArguments,
    sizedFields: new Set(strings(given.sizedFields)),
    requireOneSlicingArgument: slicingArguments.length > 0 && given.requireOneSlicingArgument !== false,
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
