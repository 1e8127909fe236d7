import { TileSizes } from './tile-sizes';

const told: [string, number][][] = [];
let sizes: TileSizes;
beforeEach(() => {
  jest.useFakeTimers();
  told.length = 0;
  sizes = new TileSizes((heights) => void told.push([...heights]));
});
afterEach(() => jest.useRealTimers());

test('sizes are told together once they rest, and each only when it changes', () => {
  sizes.set('a', 100);
  jest.advanceTimersByTime(200);
  sizes.set('a', 120);
  sizes.set('b', 0);
  jest.advanceTimersByTime(249);
  expect(told).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(told).toEqual([
    [
      ['a', 120],
      ['b', 0],
    ],
  ]);
  sizes.set('a', 120);
  jest.advanceTimersByTime(1_000);
  expect(told).toHaveLength(1);
});

test('what is received from now on is told, and what is over is not', () => {
  sizes.set('a', 100);
  sizes.set('b', 100);
  sizes.forget('b');
  jest.advanceTimersByTime(250);
  sizes.renew('a');
  sizes.renew('b');
  jest.advanceTimersByTime(250);
  expect(told).toEqual([[['a', 100]], [['a', 100]]]);
});

test('nothing is told after the end', () => {
  sizes.set('a', 100);
  sizes.close();
  jest.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});
