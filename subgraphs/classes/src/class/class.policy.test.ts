import { canCreateClass, canManageClass, canSeeClass } from './class.policy';

test.each([
  ['STUDENT', false],
  ['SUPPORTER', false],
  ['TEACHER', true],
  ['ADMIN', true],
] as const)('a %s may create classes: %s', (role, expected) => {
  expect(canCreateClass({ userId: 'u', role, sessionId: 's' })).toBe(expected);
});

test('nobody may not', () => expect(canCreateClass(null)).toBe(false));

test.each([
  [null, false, false],
  [{ role: 'STUDENT' } as const, true, false],
  [{ role: 'SUPPORTER' } as const, true, false],
  [{ role: 'TEACHER' } as const, true, true],
])('%j sees %s, manages %s', (membership, sees, manages) => {
  expect([canSeeClass(membership), canManageClass(membership)]).toEqual([sees, manages]);
});
