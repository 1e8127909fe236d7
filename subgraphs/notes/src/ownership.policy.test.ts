import { isOwner } from './ownership.policy';

test.each([
  [null, false],
  [{ userId: 'owner', role: 'STUDENT', sessionId: 's' } as const, true],
  [{ userId: 'other', role: 'TEACHER', sessionId: 's' } as const, false],
  [{ userId: 'other', role: 'ADMIN', sessionId: 's' } as const, false],
])('%j owns it: %s', (viewer, expected) => {
  expect(isOwner(viewer, { ownerId: 'owner' })).toBe(expected);
});
