import { isDirectCall } from './direct.policy';

const without = { sessionId: null };
const withNode = { sessionId: '01900000-0000-7000-8000-000000000000' };

test.each([
  ['one alone', [without], true],
  ['two without a media node', [without, without], true],
  ['one of two is on a media node', [without, withNode], false],
  ['three', [without, without, without], false],
])('%s: %j', (_who, present, expected) => {
  expect(isDirectCall(present)).toBe(expected);
});
