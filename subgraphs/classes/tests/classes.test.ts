import { encodeId, parseId } from '@terakoya/common/global-ids';
import type { Service } from '@terakoya/common/lifecycle';
import {
  type TestDatabase,
  asViewer,
  createTestDatabase,
  createTestRedis,
  eventually,
  statementsOf,
  prepareTestRoles,
  testIdentity,
  testRoleUrl,
} from '@terakoya/common/testkit';
import { createEventLog } from '@terakoya/common/streams';

import { classesConfig } from '../src/config';
import { createClasses } from '../src/service';

let database: TestDatabase;
let service: Service;
let base = '';
const redis = createTestRedis();
const log = createEventLog(redis);

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareTestRoles(database.url, 'classes');
  const DATABASE_URL = testRoleUrl(database.url, 'classes');
  service = createClasses(
    classesConfig.read({
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL,
      REDIS_URL: redis.redisUrl,
      REDIS_PREFIX: redis.prefix,
      IDENTITY_SECRET: testIdentity.secret,
    }),
  );
  base = `http://127.0.0.1:${(await service.start()).port}`;
});
afterAll(async () => {
  await service.close();
  await log.close();
  await database.drop();
});

const idOf = (person: Person) => encodeId('User', person.userId);
type Person = ReturnType<typeof asViewer>;

const CLASS = 'id name description myRole invitationCode';

async function createClass(teacher: Person, name = 'Science') {
  const { data } = await teacher.ask(
    base,
    `mutation ($name: String!) { createClass(input: { name: $name }) { ${CLASS} } }`,
    { name },
  );
  return data.createClass as { id: string; invitationCode: string; myRole: string };
}

const join = (person: Person, code: string) =>
  person.ask(base, `mutation ($code: String!) { joinClass(input: { invitationCode: $code }) { ${CLASS} } }`, { code });

const membersOf = (person: Person, id: string, args = '') =>
  person.ask(
    base,
    `query ($id: ID!) { class(id: $id) { members${args} { edges { node { role user { id } } } pageInfo { hasNextPage endCursor } } } }`,
    { id },
  );

test('a teacher makes a class, a student joins by its code however it is typed, joining twice is joining once', async () => {
  const teacher = asViewer('TEACHER');
  const student = asViewer('STUDENT');
  const made = await createClass(teacher);
  expect(made).toMatchObject({ name: 'Science', description: '', myRole: 'TEACHER' });
  expect(made.invitationCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
  const typed = `${made.invitationCode.slice(0, 4)}-${made.invitationCode.slice(4)} `.toLowerCase();
  for (const code of [typed, made.invitationCode]) {
    const { data } = await join(student, code);
    expect(data.joinClass).toMatchObject({ id: made.id, myRole: 'STUDENT', invitationCode: null });
  }
  const { data } = await membersOf(teacher, made.id);
  expect(data.class.members.edges).toHaveLength(2);
  const mine = await student.ask(base, '{ myClasses { edges { node { id } } } }');
  expect(mine.data.myClasses.edges).toEqual([{ node: { id: made.id } }]);
});

test('a renewed code replaces the old one', async () => {
  const teacher = asViewer('TEACHER');
  const { id, invitationCode } = await createClass(teacher);
  const renewed = await teacher.ask(
    base,
    'mutation ($id: ID!) { renewInvitationCode(classId: $id) { invitationCode } }',
    { id },
  );
  expect((await join(asViewer('STUDENT'), invitationCode)).code).toBe('BAD_USER_INPUT');
  expect((await join(asViewer('STUDENT'), renewed.data.renewInvitationCode.invitationCode)).data.joinClass.id).toBe(id);
});

test('the last teacher can neither leave nor become something else, until there is another', async () => {
  const teacher = asViewer('TEACHER');
  const student = asViewer('STUDENT');
  const { id, invitationCode } = await createClass(teacher);
  await join(student, invitationCode);
  const setRole =
    'mutation ($id: ID!, $user: ID!, $role: ClassRole!) { setClassRole(input: { classId: $id, userId: $user, role: $role }) { role } }';
  const leave = 'mutation ($id: ID!) { leaveClass(classId: $id) }';
  expect((await teacher.ask(base, leave, { id })).code).toBe('CONFLICT');
  expect((await teacher.ask(base, setRole, { id, user: idOf(teacher), role: 'STUDENT' })).code).toBe('CONFLICT');
  const promoted = await teacher.ask(base, setRole, { id, user: idOf(student), role: 'TEACHER' });
  expect(promoted.data.setClassRole.role).toBe('TEACHER');
  expect((await teacher.ask(base, leave, { id })).data.leaveClass).toBe(true);
  const removed = 'mutation ($id: ID!, $user: ID!) { removeClassMember(input: { classId: $id, userId: $user }) }';
  expect((await student.ask(base, removed, { id, user: idOf(student) })).code).toBe('CONFLICT');
});

test.each([
  ['see it', 'query ($id: ID!) { class(id: $id) { id name } }'],
  ['see its members', 'query ($id: ID!) { class(id: $id) { members { edges { node { role } } } } }'],
  ['renew its code', 'mutation ($id: ID!) { renewInvitationCode(classId: $id) { invitationCode } }'],
  [
    'set roles',
    'mutation ($id: ID!, $user: ID!) { setClassRole(input: { classId: $id, userId: $user, role: TEACHER }) { role } }',
  ],
  ['remove members', 'mutation ($id: ID!, $user: ID!) { removeClassMember(input: { classId: $id, userId: $user }) }'],
])('who is no member cannot %s, a student cannot manage', async (what, query) => {
  const teacher = asViewer('TEACHER');
  const student = asViewer('STUDENT');
  const { id, invitationCode } = await createClass(teacher);
  await join(student, invitationCode);
  const variables = { id, user: idOf(teacher) };
  for (const stranger of [asViewer('TEACHER'), asViewer('ADMIN')]) {
    expect((await stranger.ask(base, query, variables)).code).toBe('NOT_FOUND');
  }
  expect(['UNAUTHENTICATED', 'NOT_FOUND']).toContain((await asViewer(null).ask(base, query, variables)).code);
  if (!what.startsWith('see')) expect((await student.ask(base, query, variables)).code).toBe('FORBIDDEN');
});

test('only teachers and admins make classes', async () => {
  const make = 'mutation { createClass(input: { name: "x" }) { id } }';
  for (const role of ['STUDENT', 'SUPPORTER'] as const)
    expect((await asViewer(role).ask(base, make)).code).toBe('FORBIDDEN');
  expect((await asViewer(null).ask(base, make)).code).toBe('UNAUTHENTICATED');
  const blank = await asViewer('TEACHER').ask(base, 'mutation { createClass(input: { name: "   " }) { id } }');
  expect([blank.code, blank.errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', 'name']);
});

test('members are paged, and the number of statements does not grow with the classes or the members', async () => {
  const teacher = asViewer('TEACHER');
  const first = await createClass(teacher, 'first');
  for (let index = 0; index < 6; index += 1) await join(asViewer('STUDENT'), first.invitationCode);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await membersOf(
      teacher,
      first.id,
      after === null ? '(first: 3)' : `(first: 3, after: "${after}")`,
    );
    seen.push(...data.class.members.edges.map(({ node }: { node: { user: { id: string } } }) => node.user.id));
    after = data.class.members.pageInfo.hasNextPage ? data.class.members.pageInfo.endCursor : null;
  } while (after !== null);
  expect(new Set(seen).size).toBe(7);

  const list = () =>
    teacher.ask(base, '{ myClasses { edges { node { members { edges { node { user { id } } } } } } } }');
  const one = await statementsOf(/^SELECT "/, list);
  for (const name of ['second', 'third', 'fourth'])
    await join(asViewer('STUDENT'), (await createClass(teacher, name)).invitationCode);
  const four = await statementsOf(/^SELECT "/, list);
  expect(one.length).toBeGreaterThan(0);
  expect(four).toHaveLength(one.length);
});

test('who is in a class is told, each change once and in order', async () => {
  const [teacher, student] = [asViewer('TEACHER'), asViewer('STUDENT')];
  const { id, invitationCode } = await createClass(teacher);
  for (let times = 0; times < 2; times += 1) await join(student, invitationCode);
  const setRole =
    'mutation ($id: ID!, $user: ID!) { setClassRole(input: { classId: $id, userId: $user, role: SUPPORTER }) { role } }';
  await teacher.ask(base, setRole, { id, user: idOf(student) });
  await student.ask(base, 'mutation ($id: ID!) { leaveClass(classId: $id) }', { id });
  await student.ask(base, 'mutation ($id: ID!) { leaveClass(classId: $id) }', { id }); // is in it no longer
  const classId = parseId(id)?.key;
  await eventually(async () => {
    const told: unknown[] = [];
    await log.readSince('classes', 0, (events) => {
      for (const { aggregateId, payload } of events) if (aggregateId === classId) told.push(payload);
    });
    expect(told).toEqual([
      { classId, userId: teacher.userId, role: 'TEACHER' },
      { classId, userId: student.userId, role: 'STUDENT' },
      { classId, userId: student.userId, role: 'SUPPORTER' },
      { classId, userId: student.userId, role: null },
    ]);
  });
});
