import { entryOf, maySend, permissionsOf, roleIn, roleInBreakout } from './permissions.policy';

const policy = {
  hasWaitingRoom: false,
  attendeesMaySpeak: true,
  attendeesMayShowCamera: true,
  attendeesMayShareScreen: false,
  attendeesMayChat: true,
};
const lesson = { classId: 'c', hostId: 'host' };
const adHoc = { classId: null, hostId: 'host' };

test.each([
  [lesson, 'any', 'TEACHER', 'MODERATOR'],
  [lesson, 'any', 'STUDENT', 'ATTENDEE'],
  [lesson, 'any', 'SUPPORTER', 'OBSERVER'],
  [lesson, 'host', null, null],
  [adHoc, 'host', null, 'MODERATOR'],
  [adHoc, 'any', null, 'ATTENDEE'],
] as const)('%j: %s with the class role %s comes in as %s', (meeting, userId, classRole, expected) => {
  expect(roleIn(meeting, userId, classRole)).toBe(expected);
});

test.each([
  ['MODERATOR', {}, [true, true, true, true, true]],
  ['MODERATOR', { maySpeak: false }, [true, true, true, true, true]],
  ['ATTENDEE', {}, [true, true, false, true, false]],
  ['ATTENDEE', { maySpeak: false, mayShareScreen: true }, [false, true, true, true, false]],
  ['OBSERVER', {}, [false, false, false, true, false]],
  ['OBSERVER', { maySpeak: true, mayChat: false }, [true, false, false, false, false]],
] as const)('a %s with %j may %j', (role, overrides, expected) => {
  const allowed = permissionsOf({ role, overrides }, policy);
  expect([
    allowed.maySpeak,
    allowed.mayShowCamera,
    allowed.mayShareScreen,
    allowed.mayChat,
    allowed.mayModerate,
  ]).toEqual(expected);
});

test('a source is sent by whom its permission is given', () => {
  const allowed = permissionsOf({ role: 'ATTENDEE', overrides: {} }, policy);
  const sources = ['MICROPHONE', 'CAMERA', 'SCREEN', 'SCREEN_AUDIO'] as const;
  expect(sources.filter((source) => maySend(allowed, source))).toEqual(['MICROPHONE', 'CAMERA']);
});

const now = new Date();
test.each([
  ['SELF_SELECT', 'ATTENDEE', now, false, 'ATTENDEE'],
  ['SELF_SELECT', 'OBSERVER', now, false, 'OBSERVER'],
  ['SELF_SELECT', 'ATTENDEE', null, false, null],
  ['MANUAL', 'ATTENDEE', now, true, 'ATTENDEE'],
  ['MANUAL', 'ATTENDEE', now, false, null],
  ['MANUAL', 'ATTENDEE', null, true, null],
  ['RANDOM', 'OBSERVER', now, false, null],
  ['RANDOM', 'MODERATOR', now, false, 'MODERATOR'],
  ['RANDOM', 'MODERATOR', null, true, null],
] as const)(
  'into a room of %s, a %s let into its meeting at %s, assigned %s, comes as %s',
  (assignment, role, admittedAt, isAssigned, expected) => {
    expect(roleInBreakout({ assignment }, { role, admittedAt }, isAssigned)).toBe(expected);
    expect(roleInBreakout({ assignment }, null, isAssigned)).toBeNull();
  },
);

test.each([
  ['MODERATOR', true, true, null, 'COME_IN'],
  ['ATTENDEE', false, false, null, 'COME_IN'],
  ['ATTENDEE', false, true, null, 'WAIT'],
  ['ATTENDEE', true, false, null, 'LOCKED'],
  ['ATTENDEE', true, true, { state: 'LEFT', admittedAt: now }, 'COME_IN'],
  ['ATTENDEE', false, false, { state: 'REMOVED', admittedAt: null }, 'REMOVED'],
  ['ATTENDEE', false, true, { state: 'DENIED', admittedAt: null }, 'WAIT'],
] as const)(
  'a %s at a meeting locked %s, waiting room %s, before %j: %s',
  (role, isLocked, hasWaitingRoom, before, met) => {
    expect(entryOf({ isLocked, policy: { ...policy, hasWaitingRoom } }, role, before)).toBe(met);
  },
);
