import { canSeeMeeting, policyOf } from './meeting.policy';

test('a meeting of no class has a waiting room, a lesson has none; what is chosen holds', () => {
  expect(policyOf(null).hasWaitingRoom).toBe(true);
  expect(policyOf('class').hasWaitingRoom).toBe(false);
  expect(policyOf(null, { hasWaitingRoom: false, attendeesMayChat: false })).toMatchObject({
    hasWaitingRoom: false,
    attendeesMayChat: false,
    attendeesMaySpeak: true,
  });
});

const now = new Date();
test.each([
  ['class', null, null, false],
  ['class', 'STUDENT', null, true],
  ['class', null, now, false],
  [null, null, null, false],
  [null, null, now, true],
] as const)('a meeting of class %s is seen with role %s, let in at %s: %s', (classId, classRole, admittedAt, seen) => {
  expect(canSeeMeeting({ classId, hostId: 'host' }, 'user', { classRole, admittedAt })).toBe(seen);
});

test('its host sees a meeting of no class', () => {
  const nothing = { classRole: null, admittedAt: null };
  expect(canSeeMeeting({ classId: null, hostId: 'user' }, 'user', nothing)).toBe(true);
});
