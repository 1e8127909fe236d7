import type { Role, Viewer } from '@terakoya/common/auth';

import { canSeeEmail, canSeeUser, canSetRole } from './account.policy';

const viewer = (role: Role, userId = 'other'): Viewer => ({ userId, role, sessionId: 's' });

test.each([
  ['nobody', null, false, false, false],
  ['another student', viewer('STUDENT'), false, true, false],
  ['a teacher', viewer('TEACHER'), false, true, false],
  ['a supporter', viewer('SUPPORTER'), false, true, false],
  ['oneself', viewer('STUDENT', 'me'), true, true, false],
  ['an admin', viewer('ADMIN'), true, true, true],
])('%s', (_who, who, email, user, role) => {
  expect([canSeeEmail(who, { id: 'me' }), canSeeUser(who), canSetRole(who)]).toEqual([email, user, role]);
});
