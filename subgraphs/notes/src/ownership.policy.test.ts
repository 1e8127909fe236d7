import { ROLES } from '@terakoya/common/auth';

import { isOwner } from './ownership.policy';

const mine = { ownerId: 'me' };

test('nobody signed in owns nothing', () => {
  expect(isOwner(null, mine)).toBe(false);
});

test.each(ROLES)('a %s sees what is their own and nothing of others', (role) => {
  expect(isOwner({ userId: 'me', role, sessionId: 's' }, mine)).toBe(true);
  expect(isOwner({ userId: 'other', role, sessionId: 's' }, mine)).toBe(false);
});
