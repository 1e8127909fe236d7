import { dealOut } from './dealing';

/** Park and Miller's generator (CACM 31, 1988): the same seed, the same numbers. */
function seeded(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
const people = (count: number) => Array.from({ length: count }, (_one, index) => `p${index}`);

test.each([
  [10, 3, [4, 3, 3]],
  [4, 4, [1, 1, 1, 1]],
  [2, 5, [1, 1, 0, 0, 0]],
  [0, 2, [0, 0]],
  [7, 1, [7]],
])('%i people in %i rooms make sizes %j, everybody once', (count, rooms, sizes) => {
  const dealt = dealOut(people(count), rooms, seeded(7));
  expect(dealt.map(({ length }) => length)).toEqual(sizes);
  expect(dealt.flat().sort()).toEqual(people(count).sort());
});

test('the same seed deals the same, another one otherwise', () => {
  const deal = (seed: number) => dealOut(people(20), 4, seeded(seed));
  expect(deal(1)).toEqual(deal(1));
  expect(deal(1)).not.toEqual(deal(2));
});

test('everybody comes into every room about as often', () => {
  const random = seeded(42);
  const counts = new Map<string, number>();
  for (let turn = 0; turn < 3_000; turn += 1) {
    dealOut(people(6), 3, random).forEach((room, index) => {
      for (const person of room) counts.set(`${person} ${index}`, (counts.get(`${person} ${index}`) ?? 0) + 1);
    });
  }
  expect(counts.size).toBe(18);
  // 1,000 are expected, with a standard deviation of 26
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
});
