/** Where random numbers come from: fast-check's generator, or a hash. */
interface NumberSource {
  /** A whole number between both bounds, inclusive. */
  nextInt(min: number, max: number): number;
}

/** The few questions generators ask of chance. */
export class Choices {
  constructor(private readonly source: NumberSource) {}

  /** A whole number between both bounds, inclusive. */
  between(min: number, max: number): number {
    return this.source.nextInt(min, max);
  }

  chance(percent: number): boolean {
    return this.between(0, 99) < percent;
  }

  /** One of the list; throws when it is empty, because then a generator forgot to look. */
  pick<T>(list: readonly T[]): T {
    const picked = this.maybe(list);
    if (picked === undefined) throw new Error('There is nothing to choose from.');
    return picked;
  }

  /** One of the list, or undefined when it is empty. */
  maybe<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.between(0, list.length - 1)];
  }

  /** Between `min` and `max` of the list, in the order of the list; all of it when it is shorter than `min`. */
  some<T>(list: readonly T[], min: number, max = list.length): T[] {
    const wanted = this.between(Math.min(min, list.length), Math.min(max, list.length));
    const left = list.map((_, index) => index);
    const taken = Array.from({ length: wanted }, () => left.splice(this.between(0, left.length - 1), 1)[0]);
    return list.filter((_, index) => taken.includes(index));
  }
}

/** Choices that are the same whenever the text is the same. */
export function choicesOf(text: string): Choices {
  let state = hash(text);
  return new Choices({
    nextInt(min, max) {
      state = (state + 0x9e3779b9) >>> 0; // splitmix32
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return min + (((mixed ^ (mixed >>> 15)) >>> 0) % (max - min + 1));
    },
  });
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
