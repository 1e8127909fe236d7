import { BoundedCache } from './bounded-cache';

test('forgets what was not used for longest when there are too many', () => {
  const cache = new BoundedCache<number>(2, 100);
  cache.set('a', 1, 1);
  cache.set('b', 2, 1);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3, 1);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('keeps the weight bounded, and a value set twice weighs once', () => {
  const cache = new BoundedCache<number>(10, 10);
  for (let again = 0; again < 5; again += 1) cache.set('a', 1, 4);
  cache.set('b', 2, 5);
  expect(cache.size).toBe(2);
  cache.set('c', 3, 5);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3]);
  cache.set('huge', 4, 11);
  expect(cache.size).toBe(0);
});
