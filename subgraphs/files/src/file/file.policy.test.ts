import { canUseFile } from './file.policy';

test.each([
  [null, false],
  [{ userId: 'owner', role: 'STUDENT', sessionId: 's' } as const, true],
  [{ userId: 'other', role: 'TEACHER', sessionId: 's' } as const, false],
  [{ userId: 'other', role: 'ADMIN', sessionId: 's' } as const, false],
])('%j may use the file: %s', (viewer, expected) => {
  expect(canUseFile(viewer, { ownerId: 'owner' })).toBe(expected);
});
