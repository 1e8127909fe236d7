import { v7 as uuid } from 'uuid';

import { createAccessTokens } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import { decodeId, encodeId } from '@terakoya/common/global-ids';
import type { Service } from '@terakoya/common/lifecycle';
import { createEventLog } from '@terakoya/common/streams';
import {
  type TestDatabase,
  asViewer,
  createTestDatabase,
  createTestRedis,
  eventually,
  prepareTestRoles,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';

import { accountsConfig } from '../src/config';
import { createAccounts } from '../src/service';

const SECRET = 'a-secret-of-tests-with-32-characters';
const redis = createTestRedis();
let database: TestDatabase;
let service: Service;
let base = '';
const nobody = asViewer(null);

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareTestRoles(database.url, 'accounts');
  const config = accountsConfig.read({
    PORT: '0',
    DATABASE_URL: testRoleUrl(database.url, 'accounts'),
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    LOG_LEVEL: 'silent',
    DEMO_ACCOUNTS: 'true',
    ACCESS_TOKEN_SECRET: SECRET,
    REFRESH_TOKEN_SECRET: SECRET,
    IDENTITY_SECRET: testIdentity.secret,
  });
  service = createAccounts(config);
  base = `http://127.0.0.1:${(await service.start()).port}`;
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

const keyOf = (id: string) => decodeId('User', id, 'id');
const TOKENS = 'user { id displayName role email } accessToken refreshToken';
const signUp = (email: string, password = 'correct horse battery') =>
  nobody.ask(base, `mutation ($input: SignUpInput!) { signUp(input: $input) { ${TOKENS} } }`, {
    input: { email, password, displayName: 'Aoi' },
  });
const signIn = (email: string, password: string) =>
  nobody.ask(base, `mutation ($input: SignInInput!) { signIn(input: $input) { ${TOKENS} } }`, {
    input: { email, password },
  });
const refresh = (refreshToken: string) =>
  nobody.ask(base, `mutation ($t: String!) { refreshSession(input: { refreshToken: $t }) { ${TOKENS} } }`, {
    t: refreshToken,
  });

test('signs up as a student, signs in whatever the case, and carries who it is in the access token', async () => {
  const { data } = await signUp('Aoi@Example.org');
  expect(data.signUp.user).toMatchObject({ displayName: 'Aoi', role: 'STUDENT', email: 'aoi@example.org' });
  const { viewer } = createAccessTokens(new Secret(SECRET)).verify(data.signUp.accessToken);
  expect(viewer).toMatchObject({ userId: keyOf(data.signUp.user.id), role: 'STUDENT' });
  expect((await signIn('AOI@example.ORG', 'correct horse battery')).data.signIn.user.id).toBe(data.signUp.user.id);
  expect((await signUp('aoi@example.org')).code).toBe('CONFLICT');
});

test.each([
  ['email', 'not an address', 'long enough password'],
  ['password', 'ok@example.org', 'short'],
  ['password', 'same@example.org', 'Same@Example.org'],
])('names the field that is wrong: %s', async (field, email, password) => {
  const { code, errors } = await signUp(email, password);
  expect([code, errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', field]);
});

test('a refresh token works once; used again it ends the whole session', async () => {
  const first = (await signUp(`${uuid()}@example.org`)).data.signUp;
  const second = (await refresh(first.refreshToken)).data.refreshSession;
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect((await refresh(first.refreshToken)).code).toBe('UNAUTHENTICATED');
  expect((await refresh(second.refreshToken)).code).toBe('UNAUTHENTICATED');
  expect((await refresh('never given out')).code).toBe('UNAUTHENTICATED');
});

test('of two refreshes at the same time only one succeeds', async () => {
  const { refreshToken } = (await signUp(`${uuid()}@example.org`)).data.signUp;
  const codes = (await Promise.all([refresh(refreshToken), refresh(refreshToken)])).map(({ code }) => code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(1);
});

test('signs out one session, and all of them', async () => {
  const email = `${uuid()}@example.org`;
  const one = (await signUp(email)).data.signUp;
  const two = (await signIn(email, 'correct horse battery')).data.signIn;
  const three = (await signIn(email, 'correct horse battery')).data.signIn;
  await nobody.ask(base, 'mutation ($t: String!) { signOut(input: { refreshToken: $t }) }', { t: one.refreshToken });
  expect((await refresh(one.refreshToken)).code).toBe('UNAUTHENTICATED');
  const me = asViewer('STUDENT', keyOf(one.user.id));
  expect((await me.ask(base, 'mutation { signOutEverywhere }')).data.signOutEverywhere).toBe(2);
  for (const session of [two, three]) expect((await refresh(session.refreshToken)).code).toBe('UNAUTHENTICATED');
});

test('every session that ends is told, whichever way it ended', async () => {
  const email = `${uuid()}@example.org`;
  const one = (await signUp(email)).data.signUp;
  const two = (await signIn(email, 'correct horse battery')).data.signIn;
  const three = (await signIn(email, 'correct horse battery')).data.signIn;
  await nobody.ask(base, 'mutation ($t: String!) { signOut(input: { refreshToken: $t }) }', { t: one.refreshToken });
  await refresh(two.refreshToken);
  await refresh(two.refreshToken);
  await asViewer('STUDENT', keyOf(one.user.id)).ask(base, 'mutation { signOutEverywhere }');
  const tokens = createAccessTokens(new Secret(SECRET));
  const sessions = [one, two, three].map(({ accessToken }) => tokens.verify(accessToken).viewer.sessionId);
  const log = createEventLog(redis);
  const userId = keyOf(one.user.id);
  const asked = eventually(async () => {
    const told: unknown[] = [];
    await log.readSince('accounts', 0, (events) => told.push(...events.map(({ payload }) => payload)));
    const mine = told.filter((payload) => (payload as { userId: string }).userId === userId);
    expect(mine).toEqual(sessions.map((sessionId) => ({ sessionId, userId })));
  });
  await asked.finally(() => log.close());
});

test('ten failures make an address wait, another address does not', async () => {
  const email = `${uuid()}@example.org`;
  await signUp(email);
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await signIn(email, 'wrong')).code).toBe('UNAUTHENTICATED');
  const { code, errors } = await signIn(email, 'correct horse battery');
  expect(code).toBe('RATE_LIMITED');
  expect(errors[0].extensions.retryAfterSeconds).toBeGreaterThan(0);
  expect((await signIn('teacher@demo.terakoya.school', 'terakoya-demo')).data.signIn.user.role).toBe('TEACHER');
});

test('of fifty guesses at once only ten are compared, as aliases or in requests of their own', async () => {
  const guess = (email: string) => `signIn(input: { email: "${email}", password: "wrong" }) { accessToken }`;
  const codesOf = (errors: { extensions: { code: string } }[]) =>
    errors.map(({ extensions }) => extensions.code).sort();
  const expected = [...Array<string>(40).fill('RATE_LIMITED'), ...Array<string>(10).fill('UNAUTHENTICATED')];

  const apart = `${uuid()}@example.org`;
  const requests = Array.from({ length: 50 }, (_, index) =>
    nobody.ask(base, `mutation { a${index}: ${guess(apart)} }`),
  );
  expect(codesOf((await Promise.all(requests)).flatMap(({ errors }) => errors))).toEqual(expected);

  const together = `${uuid()}@example.org`;
  const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: ${guess(together.toUpperCase())}`).join(' ');
  const compared = [];
  for (let request = 0; request < 12; request += 1) compared.push(await nobody.ask(base, `mutation { ${aliases} }`));
  const codes = codesOf(compared.flatMap(({ errors }) => errors));
  expect(codes.filter((code) => code === 'UNAUTHENTICATED').length).toBeLessThanOrEqual(10);
  expect(codes).toContain('RATE_LIMITED');
});

test('an address is signed up only so often', async () => {
  const email = `${uuid()}@example.org`;
  const codes = await Promise.all(Array.from({ length: 12 }, () => signUp(email).then(({ code }) => code)));
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  expect(codes.filter((code) => code === undefined)).toHaveLength(1);
});

test('only an admin sets roles, and the last admin stays one', async () => {
  const admin = (await signIn('admin@demo.terakoya.school', 'terakoya-demo')).data.signIn.user;
  const pupil = (await signUp(`${uuid()}@example.org`)).data.signUp.user;
  const setRole = 'mutation ($id: ID!, $role: Role!) { setUserRole(input: { userId: $id, role: $role }) { role } }';
  expect((await asViewer('TEACHER').ask(base, setRole, { id: pupil.id, role: 'ADMIN' })).code).toBe('FORBIDDEN');
  expect((await nobody.ask(base, setRole, { id: pupil.id, role: 'ADMIN' })).code).toBe('UNAUTHENTICATED');
  const asAdmin = asViewer('ADMIN', keyOf(admin.id));
  expect((await asAdmin.ask(base, setRole, { id: pupil.id, role: 'TEACHER' })).data.setUserRole.role).toBe('TEACHER');
  expect((await asAdmin.ask(base, setRole, { id: admin.id, role: 'STUDENT' })).code).toBe('CONFLICT');
  expect((await asAdmin.ask(base, setRole, { id: encodeId('User', uuid()), role: 'STUDENT' })).code).toBe('NOT_FOUND');
});

test('an e-mail address is for oneself and admins; nobody signed in sees nobody', async () => {
  const pupil = (await signUp(`${uuid()}@example.org`)).data.signUp.user;
  const query = 'query ($id: ID!) { user(id: $id) { displayName email } me { email } }';
  const asOneself = await asViewer('STUDENT', keyOf(pupil.id)).ask(base, query, { id: pupil.id });
  expect(asOneself.data).toMatchObject({ user: { email: pupil.email }, me: { email: pupil.email } });
  expect((await asViewer('TEACHER').ask(base, query, { id: pupil.id })).data.user).toEqual({
    displayName: 'Aoi',
    email: null,
  });
  expect((await asViewer('ADMIN').ask(base, query, { id: pupil.id })).data.user.email).toBe(pupil.email);
  expect((await nobody.ask(base, query, { id: pupil.id })).data).toEqual({ user: null, me: null });
});

test('demo accounts are refused in production with a line that says why', async () => {
  const config = accountsConfig.read({
    PORT: '0',
    NODE_ENV: 'production',
    DATABASE_URL: testRoleUrl(database.url, 'accounts'),
    REDIS_URL: redis.redisUrl,
    REDIS_PREFIX: redis.prefix,
    LOG_LEVEL: 'silent',
    DEMO_ACCOUNTS: 'true',
    ACCESS_TOKEN_SECRET: SECRET,
    REFRESH_TOKEN_SECRET: SECRET,
    IDENTITY_SECRET: testIdentity.secret,
  });
  await expect(createAccounts(config).start()).rejects.toThrow('DEMO_ACCOUNTS must not be true');
});
