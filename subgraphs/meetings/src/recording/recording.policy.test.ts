import { canRecord } from './recording.policy';

test.each([
  ['class', 'TEACHER', true],
  ['class', 'STUDENT', false],
  ['class', 'SUPPORTER', false],
  ['class', null, false],
] as const)('a lesson of a %s is recorded by a %s: %s', (classId, role, expected) => {
  expect(canRecord({ classId, hostId: 'user' }, 'user', role)).toBe(expected);
});

test('a meeting of no class is recorded by its host alone', () => {
  expect(canRecord({ classId: null, hostId: 'host' }, 'host', null)).toBe(true);
  expect(canRecord({ classId: null, hostId: 'host' }, 'user', null)).toBe(false);
});
