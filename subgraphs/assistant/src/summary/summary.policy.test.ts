import { ROLES } from '@terakoya/common/auth';

import { canReadSummary } from './summary.policy';

const mine = { ownerId: 'me' };

test('nobody signed in reads none', () => {
  expect(canReadSummary(null, mine)).toBe(false);
});

test.each(ROLES)("a %s reads their own notebooks' summaries only", (role) => {
  expect(canReadSummary({ userId: 'me', role, sessionId: 's' }, mine)).toBe(true);
  expect(canReadSummary({ userId: 'other', role, sessionId: 's' }, mine)).toBe(false);
});
