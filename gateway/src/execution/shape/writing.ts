import type { ResponsePath } from '../plan/json';

/** What is wrong with a value that cannot be shown: it is null, or no value of its type. */
export type FlawKind = 'null' | 'invalid';

/** A value that cannot be shown, and where it stands. */
export interface Flaw {
  readonly kind: FlawKind;
  readonly path: ResponsePath;
  /** The field it is a value of, as `Type.field`. */
  readonly where: string;
}

/** Writes one response and collects what could not be shown. Paths are put together only for flaws, from the inside. */
export class Writing {
  readonly #flaws: { readonly kind: FlawKind; readonly where: string; readonly path: (string | number)[] }[] = [];

  get flaws(): readonly Flaw[] {
    return this.#flaws;
  }

  /** How many flaws there are by now. */
  count = 0;

  /** Says that the value being written, of the field `where`, cannot be shown. */
  tell(kind: FlawKind, where: string): undefined {
    this.#flaws.push({ kind, where, path: [] });
    this.count += 1;
  }

  /** Says that the flaws since there were `count` stand below `key`. */
  place(count: number, key: string | number): void {
    for (const { path } of this.#flaws.slice(count)) path.unshift(key);
  }
}

/** JSON text of a value that is not null; undefined when null has to take its place. */
export type Write = (value: unknown, writing: Writing) => string | undefined;
