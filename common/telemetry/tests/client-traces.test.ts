import { Allowance } from '../allowance';
import { heededTraceparent } from '../client-traces';

const IDS = '00-0123456789abcdef0123456789abcdef-0123456789abcdef';

function allowanceOf(burst: number, eachSecond: number) {
  const clock = { ms: 0 };
  return { clock, allowance: new Allowance({ burst, eachSecond }, () => clock.ms) };
}

test('so many come in a burst, then so many each second, and what is not used does not add up beyond the burst', () => {
  const { clock, allowance } = allowanceOf(3, 2);
  const taken = (times: number): number => Array.from({ length: times }, () => allowance.take()).filter(Boolean).length;
  expect(taken(10)).toBe(3);
  clock.ms += 1_000;
  expect(taken(10)).toBe(2);
  clock.ms += 3_600_000;
  expect(taken(10)).toBe(3);
});

test('clients may have so many traces recorded; beyond that their traces go on unsampled', () => {
  const { clock, allowance } = allowanceOf(1, 1);
  expect(heededTraceparent(`${IDS}-01`, allowance)).toBe(`${IDS}-01`);
  expect(heededTraceparent(`${IDS}-01`, allowance)).toBe(`${IDS}-00`);
  expect(heededTraceparent(`${IDS}-03`, allowance)).toBe(`${IDS}-00`);
  clock.ms += 1_000;
  expect(heededTraceparent(`${IDS}-03`, allowance)).toBe(`${IDS}-03`);
});

test('a trace that is not sampled takes nothing from the allowance', () => {
  const { allowance } = allowanceOf(1, 0);
  expect(heededTraceparent(`${IDS}-00`, allowance)).toBe(`${IDS}-00`);
  expect(heededTraceparent(`${IDS}-01`, allowance)).toBe(`${IDS}-01`);
});
