import { PICTURE, layOut } from './layout';

const noScreen = () => false;

test.each([1, 2, 3, 4, 5, 7, 9, 12])(
  '%i cameras have the same room, inside the picture and beside each other',
  (count) => {
    const tiles = layOut(
      Array.from({ length: count }, (_one, index) => index),
      noScreen,
    );
    expect(tiles).toHaveLength(Math.min(count, 9));
    expect(new Set(tiles.map(({ width, height }) => `${width}x${height}`)).size).toBe(1);
    for (const [index, one] of tiles.entries()) {
      expect([one.x + one.width <= PICTURE.width, one.y + one.height <= PICTURE.height]).toEqual([true, true]);
      for (const other of tiles.slice(index + 1)) {
        const isApart = other.x >= one.x + one.width || other.x + other.width <= one.x || other.y >= one.y + one.height;
        expect(isApart).toBe(true);
      }
    }
  },
);

test('one picture alone has all the room', () => {
  expect(layOut(['a'], noScreen)).toEqual([{ track: 'a', x: 0, y: 0, ...PICTURE }]);
  expect(layOut(['s'], () => true)).toEqual([{ track: 's', x: 0, y: 0, ...PICTURE }]);
});

test('the screen that was shared last is large, everybody else in the strip', () => {
  const tiles = layOut(['s1', 'a', 's2', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], (name) => name.startsWith('s'));
  expect(tiles.map(({ track }) => track)).toEqual(['s2', 's1', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);
  expect(tiles[0]).toMatchObject({ x: 0, width: 1_024, height: 720 });
  for (const tile of tiles.slice(1))
    expect([tile.x, tile.width, tile.y + tile.height <= 720]).toEqual([1_024, 256, true]);
});
