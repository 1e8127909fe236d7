/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** Shares people out among so many rooms by chance; the sizes differ by one at most. */
export function dealOut<T>(people: readonly T[], rooms: number, random: Random): T[][] {
  const shuffled = [...people];
  // Fisher and Yates, as in Knuth, The Art of Computer Programming, volume 2, algorithm P
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = random(last + 1);
    const [a, b] = [shuffled[last], shuffled[chosen]];
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[chosen]] = [b, a];
  }
  const dealt: T[][] = Array.from({ length: rooms }, () => []);
  shuffled.forEach((one, index) => dealt[index % rooms]?.push(one));
  return dealt;
}
