import { canSeeImage } from './image.policy';

const viewer = { userId: 'u1', role: 'STUDENT', sessionId: 's' } as const;

test.each([
  ['pages/u1/n/p/preview.webp', viewer, true],
  ['pages/u10/n/p/preview.webp', viewer, false],
  ['pages/u2/n/p/preview.webp', viewer, false],
  ['uploads/u1/f', viewer, false],
  ['pages/u1/n/p/preview.webp', null, false],
])('%s', (key, who, expected) => {
  expect(canSeeImage(who, key)).toBe(expected);
});
