import { canSeeSummary } from './summary.policy';

test.each([
  [null, false],
  [{ userId: 'owner', role: 'STUDENT', sessionId: 's' } as const, true],
  [{ userId: 'other', role: 'TEACHER', sessionId: 's' } as const, false],
  [{ userId: 'other', role: 'ADMIN', sessionId: 's' } as const, false],
])('%j sees it: %s', (viewer, expected) => {
  expect(canSeeSummary(viewer, { ownerId: 'owner' })).toBe(expected);
});
