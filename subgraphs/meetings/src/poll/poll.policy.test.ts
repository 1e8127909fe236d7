import { canSeePoll, leads, showsResultsNow, wrongChoices } from './poll.policy';

test.each([
  ['MODERATOR', new Date(), true],
  ['MODERATOR', null, false],
  ['ATTENDEE', new Date(), false],
] as const)('a %s, let in at %s, leads: %s', (role, admittedAt, expected) => {
  expect(leads({ role, admittedAt })).toBe(expected);
});

test('nobody who is not there leads', () => {
  expect([leads(null), leads(undefined)]).toEqual([false, false]);
});

test.each([
  ['DRAFT', false, false, false],
  ['DRAFT', true, false, false],
  ['OPEN', false, true, false],
  ['OPEN', true, true, true],
  ['CLOSED', false, true, true],
] as const)(
  'a poll that is %s and shows results %s: others see it %s, and results %s',
  (state, shows, seen, results) => {
    expect(canSeePoll({ state }, true)).toBe(true);
    expect(canSeePoll({ state }, false)).toBe(seen);
    expect(showsResultsNow({ state, showsResults: shows })).toBe(results);
  },
);

test.each([
  [false, [1], null],
  [true, [0, 2], null],
  [true, [], 'must name at least one option'],
  [false, [0, 1], 'must name one option'],
  [true, [1, 1], 'must name each option once'],
  [true, [3], 'must be numbers of options'],
  [true, [-1], 'must be numbers of options'],
])('of three options, several %s, %j: %s', (isMultiple, choices, rule) => {
  expect(wrongChoices({ options: ['a', 'b', 'c'], isMultiple }, choices)).toBe(rule);
});
