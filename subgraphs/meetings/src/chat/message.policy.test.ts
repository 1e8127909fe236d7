import { canRemoveMessage } from './message.policy';

const now = new Date();
test.each([
  ['a', 'ATTENDEE', now, true],
  ['b', 'ATTENDEE', now, false],
  ['b', 'OBSERVER', now, false],
  ['b', 'MODERATOR', now, true],
  ['b', 'MODERATOR', null, false],
  ['a', 'ATTENDEE', null, false],
] as const)("%s, %s, let in at %s, removes a's message: %s", (id, role, admittedAt, expected) => {
  expect(canRemoveMessage({ id, role, admittedAt }, { participantId: 'a' })).toBe(expected);
});
