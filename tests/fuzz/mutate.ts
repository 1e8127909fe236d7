import type { Random } from './random';

/** What breaks parsers: control signs, lone surrogates, signs that look like others, the syntax of what is around. */
const ODD = [
  '\u0000',
  '\uFEFF',
  '\uD800',
  '\u202E',
  '"',
  '"""',
  '\\',
  '\\u',
  '{',
  '}',
  '[',
  ']',
  '$',
  '...',
  '@',
  '#',
  '\n',
  '\r',
  'é',
  '🏫',
  '９',
  '__proto__',
  'null',
  '-',
  '1e999',
  '&',
  ':',
  '|',
];

/** The text with a few of its parts removed, doubled, exchanged, or replaced by something odd. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  for (let left = 1 + random.below(6); left > 0; left -= 1) mutated = mutateOnce(mutated, random);
  return mutated;
}

function mutateOnce(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  const to = Math.min(text.length, from + 1 + random.below(12));
  const part = text.slice(from, to);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, to) + part + text.slice(to);
    case 2:
      return text.slice(0, from) + random.pick(ODD) + text.slice(to);
    case 3:
      return text.slice(0, from) + random.pick(ODD).repeat(1 + random.below(40)) + text.slice(from);
    case 4:
      return text.slice(0, from);
    default:
      return text.slice(0, from) + [...part].reverse().join('') + text.slice(to);
  }
}

/** Bytes with some of them changed, whatever they mean. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const mutated = Buffer.from(bytes);
  for (let left = 1 + random.below(8); left > 0 && mutated.length > 0; left -= 1) {
    mutated[random.below(mutated.length)] = random.below(256);
  }
  return random.chance(0.3) ? mutated.subarray(0, random.below(mutated.length + 1)) : mutated;
}
