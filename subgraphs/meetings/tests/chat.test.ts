import { v7 as uuid } from 'uuid';

import { encodeId } from '@terakoya/common/global-ids';
import { asViewer, statementsOf } from '@terakoya/common/testkit';

import { type Person, keyOf, nodesOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
let teacher: Person;
let student: Person;

beforeAll(async () => {
  school = await openMeetings();
});
afterAll(() => school.close());
beforeEach(() => {
  teacher = asViewer('TEACHER');
  student = asViewer('STUDENT');
});

const MESSAGE = '{ id text removedAt author { user { id } } }';
const send = (who: Person, meetingId: string, text: string) =>
  school.change(who, 'sendMeetingMessage', 'SendMeetingMessageInput', { meetingId, text }, MESSAGE);
const remove = (who: Person, messageId: string) =>
  school.change(who, 'removeMeetingMessage', 'RemoveMeetingMessageInput', { messageId }, MESSAGE);
const texts = async (who: Person, id: string, first = 20, after: string | null = null) => {
  const { meeting } = await school.see(
    who,
    id,
    `messages(first: ${first}, after: ${JSON.stringify(after)}) { edges { node { text } } pageInfo { endCursor hasNextPage } }`,
  );
  const { messages } = meeting;
  return { texts: nodesOf<{ text: string }>(messages).map(({ text }) => text), ...messages.pageInfo };
};

test('what is written is told, kept, and read from the newest on, in parts', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  for (const text of ['one', ' two\n', '三']) expect((await send(student, id, text)).value.text).toBe(text);
  const { value } = await send(teacher, id, 'four');
  expect(value).toMatchObject({ removedAt: null, author: { user: { id: encodeId('User', teacher.userId) } } });
  const first = await texts(student, id, 3);
  expect(first).toMatchObject({ texts: ['four', '三', ' two\n'], hasNextPage: true });
  expect(await texts(student, id, 3, first.endCursor)).toMatchObject({ texts: ['one'], hasNextPage: false });
  const told = (await school.untilTold(id, 'MESSAGE_SENT', 4)) as { messageId?: string };
  expect(told.messageId).toBe(keyOf(value.id));
  const all = (await school.told(id)).filter(({ kind }) => kind === 'MESSAGE_SENT');
  expect(all[0]).toMatchObject({ participantId: keyOf(participantId), text: null });
});

test('a message has 1 to 2,000 characters that say something', async () => {
  const id = await school.open(teacher);
  for (const wrong of ['', ' \n ', 'x'.repeat(2_001), 'a\u0000b']) {
    const { code, errors } = await send(teacher, id, wrong);
    expect([code, errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', 'text']);
  }
  expect((await send(teacher, id, 'x'.repeat(2_000))).code).toBeUndefined();
});

test('who may not write cannot, and nobody writes where they are not', async () => {
  const id = await school.open(teacher, { policy: { hasWaitingRoom: false, attendeesMayChat: false } });
  expect((await send(student, id, 'hello')).code).toBe('NOT_FOUND');
  await school.enter(student, id);
  expect((await send(student, id, 'hello')).code).toBe('FORBIDDEN');
  expect((await send(teacher, id, 'hello')).code).toBeUndefined();
  await school.leave(student, id);
  expect((await send(student, id, 'hello')).code).toBe('NOT_FOUND');
  expect((await send(asViewer(null), id, 'hello')).code).toBe('UNAUTHENTICATED');
});

test('its author or a moderator removes a message, during the meeting and after it; a marker stays', async () => {
  const other = asViewer('STUDENT');
  const id = await school.open(teacher);
  await school.enter(student, id);
  await school.enter(other, id);
  const mine = (await send(student, id, 'mine')).value.id;
  const bad = (await send(other, id, 'bad')).value.id;
  await send(other, id, 'good');
  expect((await remove(other, mine)).code).toBe('FORBIDDEN');
  expect((await remove(asViewer('STUDENT'), mine)).code).toBe('NOT_FOUND');
  expect((await remove(student, encodeId('MeetingMessage', uuid()))).code).toBe('NOT_FOUND');
  const removed = (await remove(student, mine)).value;
  expect(removed).toMatchObject({ text: null, author: { user: { id: encodeId('User', student.userId) } } });
  expect((await remove(student, mine)).value.removedAt).toBe(removed.removedAt);
  await school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { id } }', { id });
  expect((await send(teacher, id, 'late')).code).toBe('CONFLICT');
  expect((await remove(student, bad)).code).toBe('FORBIDDEN');
  expect((await remove(teacher, bad)).value.text).toBeNull();
  expect((await texts(student, id)).texts).toEqual(['good', null, null]);
  await school.untilTold(id, 'MESSAGE_REMOVED', 2);
  expect((await school.kinds(id)).filter((kind) => kind === 'MESSAGE_REMOVED')).toHaveLength(2);
});

test('who was put out neither reads nor removes', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const mine = (await send(student, id, 'mine')).value.id;
  await school.moderate(teacher, 'removeParticipant', id, participantId);
  expect((await remove(student, mine)).code).toBe('NOT_FOUND');
  const answer = await school.ask(
    student,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on MeetingMessage { text } } }',
    { r: [{ __typename: 'MeetingMessage', id: mine }] },
  );
  expect(answer.data._entities).toEqual([null]);
});

test('one user writes so much and no more', async () => {
  const id = await school.open(teacher);
  const answers = await Promise.all(Array.from({ length: 21 }, (_one, number) => send(teacher, id, `m${number}`)));
  const refused = answers.filter(({ code }) => code === 'RATE_LIMITED');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.errors[0].extensions.retryAfterSeconds).toBeGreaterThan(0);
  await school.enter(student, id);
  expect((await send(student, id, 'mine')).code).toBeUndefined();
});

test('the number of statements does not grow with the number of messages and their authors', async () => {
  const id = await school.open(teacher);
  const read = () => school.see(teacher, id, 'messages { edges { node { text author { user { id } } } } }');
  await send(teacher, id, 'first');
  const few = await statementsOf(/"(message|participant|meeting)"/, read);
  for (const who of [student, asViewer('STUDENT'), asViewer('STUDENT')]) {
    await school.enter(who, id);
    await send(who, id, 'more');
  }
  const many = await statementsOf(/"(message|participant|meeting)"/, read);
  expect(few.length).toBeGreaterThan(2);
  expect(many.length).toBe(few.length);
});
