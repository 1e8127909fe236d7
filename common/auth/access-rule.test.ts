import { accessRuleOf, refusalOf } from './access-rule';
import type { AccessRule } from './access-rule';
import type { Role, Viewer } from './viewer';

const viewer = (role: Role): Viewer => ({ userId: 'u', role, sessionId: 's' });
const rule = (name: string, given: Record<string, unknown> = {}): AccessRule => {
  const found = accessRuleOf(name, given);
  if (!found) throw new Error(`no rule of ${name}`);
  return found;
};

test.each([
  ['@authenticated', rule('authenticated'), [null, null, null]],
  ['a scope', rule('requiresScopes', { scopes: [['users:write']] }), ['FORBIDDEN', 'FORBIDDEN', null]],
  [
    'both scopes',
    rule('requiresScopes', { scopes: [['classes:join', 'users:write']] }),
    ['FORBIDDEN', 'FORBIDDEN', null],
  ],
  ['either scope', rule('requiresScopes', { scopes: [['users:write'], ['classes:join']] }), [null, null, null]],
  ['no scope at all', rule('requiresScopes', { scopes: [] }), ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
  ['a policy', rule('policy', { policies: [['teaches']] }), ['FORBIDDEN', null, null]],
  ['two policies', rule('policy', { policies: [['teaches', 'runs_the_school']] }), ['FORBIDDEN', 'FORBIDDEN', null]],
  ['an unknown policy', rule('policy', { policies: [['toString']] }), ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
])('%s: for a student, a teacher and an admin', (_what, asked, expected) => {
  expect((['STUDENT', 'TEACHER', 'ADMIN'] as const).map((role) => refusalOf(asked, viewer(role)))).toEqual(expected);
  expect(refusalOf(asked, null)).toBe('UNAUTHENTICATED');
});

test('other directives are no rules', () => {
  expect(accessRuleOf('deprecated', {})).toBeNull();
});
