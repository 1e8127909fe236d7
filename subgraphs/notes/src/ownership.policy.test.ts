import { ROLES } from '@terakoya/common/auth';

import { isOwner } from './ownership.policy';

const mine = { ownerId: 'me' };

test('nobody signed in owns nothing', () => {
  expect(isOwner(null, mine)).toBe(false);
});

test.each(ROLES)('a %s sees what is their own and nothing of others', (role) => {
  const viewer = (userId: string) => ({ userId, role, sessionId: 's' });
  expect(isOwner(viewer('me'), mine)).toBe(true);
  expect(isOwner(viewer('other'), mine)).toBe(false);
});
