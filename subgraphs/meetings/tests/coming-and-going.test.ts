import { v7 as uuid } from 'uuid';

import { encodeId } from '@terakoya/common/global-ids';
import { asViewer, eventually } from '@terakoya/common/testkit';

import { keyOf, nodesOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
const teacher = asViewer('TEACHER');
const student = asViewer('STUDENT');
const parent = asViewer('SUPPORTER');
const stranger = asViewer('STUDENT');

beforeAll(async () => {
  school = await openMeetings();
});
afterAll(() => school.close());

const lesson = async () => {
  const classId = await school.makeClass([
    [teacher, 'TEACHER'],
    [student, 'STUDENT'],
    [parent, 'SUPPORTER'],
  ]);
  return { classId, id: await school.create(teacher, { classId }) };
};

test('in a lesson the class tells who is who; others are told there is no such meeting', async () => {
  const { id, classId } = await lesson();
  for (const [who, role] of [
    [teacher, 'MODERATOR'],
    [student, 'ATTENDEE'],
    [parent, 'OBSERVER'],
  ] as const) {
    const { value } = await school.join(who, id);
    expect(value).toMatchObject({ participant: { role, state: 'PRESENT' }, meeting: { id }, session: null });
  }
  expect((await school.join(stranger, id)).code).toBe('NOT_FOUND');
  expect((await school.see(stranger, id, 'id')).code).toBe('NOT_FOUND');
  const { meeting } = await school.see(
    student,
    id,
    'participantCount class { id } host { id } participants { edges { node { user { id } } } } me { role }',
  );
  expect(meeting).toMatchObject({ participantCount: 3, class: { id: classId }, me: { role: 'ATTENDEE' } });
  expect(nodesOf(meeting.participants)).toEqual(
    [teacher, student, parent].map(({ userId }) => ({ user: { id: encodeId('User', userId) } })),
  );
  await eventually(async () =>
    expect(await school.kinds(id)).toEqual(Array.from({ length: 3 }, () => 'PARTICIPANT_JOINED')),
  );
});

test('who comes again is the same; who leaves is gone, and leaving twice is leaving once', async () => {
  const { id } = await lesson();
  const participantId = await school.enter(student, id);
  expect(await school.enter(student, id)).toBe(participantId);
  expect((await school.leave(student, id)).value).toBe(true);
  expect((await school.leave(student, id)).value).toBe(true);
  const { meeting } = await school.see(student, id, 'participantCount me { id state joinedAt leftAt }');
  expect(meeting).toMatchObject({ participantCount: 0, me: { id: participantId, state: 'LEFT' } });
  expect(meeting.me.leftAt).not.toBeNull();
  expect(await school.enter(student, id)).toBe(participantId);
  await eventually(async () =>
    expect(await school.kinds(id)).toEqual([
      'PARTICIPANT_JOINED',
      'PARTICIPANT_UPDATED',
      'PARTICIPANT_LEFT',
      'PARTICIPANT_JOINED',
    ]),
  );
  expect((await school.leave(stranger, id)).code).toBe('NOT_FOUND');
});

test('how long each step of joining takes is in the metrics', async () => {
  const { id } = await lesson();
  await school.enter(student, id);
  const metrics = await school.metrics();
  for (const step of ['gate', 'cursors', 'role', 'placement', 'room']) {
    expect(metrics).toMatch(new RegExp(`^terakoya_meeting_step_seconds_count{step="${step}"} [1-9]`, 'm'));
  }
});

test('only teachers of a class make its lessons, only teachers make meetings of no class', async () => {
  const { classId } = await lesson();
  const make = async (who: typeof teacher, input: object) =>
    (await school.change(who, 'createMeeting', 'CreateMeetingInput', { title: 'x', ...input }, '{ id }')).code;
  expect(await make(student, { classId })).toBe('FORBIDDEN');
  expect(await make(stranger, { classId })).toBe('NOT_FOUND');
  expect(await make(teacher, { classId: encodeId('Class', uuid()) })).toBe('NOT_FOUND');
  expect(await make(student, {})).toBe('FORBIDDEN');
  expect(await make(teacher, {})).toBeUndefined();
  for (const title of ['  ', 'a\u0000']) expect(await make(teacher, { title })).toBe('BAD_USER_INPUT');
  expect(await make(asViewer(null), {})).toBe('UNAUTHENTICATED');
});

test('newcomers wait until they are let in, turned away, or let in all together', async () => {
  const id = await school.create(teacher);
  await school.enter(teacher, id);
  const guests = [asViewer('STUDENT'), asViewer('STUDENT'), asViewer('STUDENT')] as const;
  const waiting: string[] = [];
  for (const guest of guests) {
    const { value } = await school.join(guest, id);
    expect(value).toMatchObject({ participant: { state: 'WAITING' }, meeting: null, session: null });
    waiting.push(value.participant.id);
  }
  await school.join(guests[0], id); // who waits already is not told of again
  const list = 'waitingParticipants { edges { node { id } } }';
  expect(nodesOf((await school.see(teacher, id, list)).meeting.waitingParticipants)).toEqual(
    waiting.map((one) => ({ id: one })),
  );
  expect((await school.see(guests[0], id, 'title')).code).toBe('NOT_FOUND');

  const [first = '', second = '', third = ''] = waiting;
  expect((await school.moderate(guests[0], 'admitParticipant', id, first)).code).toBe('NOT_FOUND');
  expect((await school.moderate(teacher, 'admitParticipant', id, first)).value.state).toBe('LEFT');
  await school.enter(guests[0], id);
  expect((await school.see(guests[0], id, list)).code).toBe('FORBIDDEN');
  expect((await school.moderate(guests[0], 'admitParticipant', id, second)).code).toBe('FORBIDDEN');

  expect((await school.moderate(teacher, 'denyParticipant', id, second)).value.state).toBe('DENIED');
  expect((await school.moderate(teacher, 'denyParticipant', id, second)).code).toBe('CONFLICT');
  expect((await school.join(guests[1], id)).value.participant.state).toBe('WAITING');
  expect((await school.change(teacher, 'admitAll', 'MeetingInput', { meetingId: id })).value).toBe(2);
  for (const guest of guests) await school.enter(guest, id);
  expect((await school.moderate(teacher, 'admitParticipant', id, third)).value.state).toBe('PRESENT');

  await eventually(async () => {
    const told = await school.told(id);
    expect(told.filter(({ kind }) => kind === 'PARTICIPANT_WAITING')).toHaveLength(4);
    const directed = told.filter(({ userId }) => userId !== undefined).map(({ kind, userId }) => [kind, userId]);
    expect(directed.slice(0, 2)).toEqual([
      ['ADMITTED', guests[0].userId],
      ['DENIED', guests[1].userId],
    ]);
    expect(directed).toHaveLength(4);
  });
});

test('who is put out stays out until they are let in again', async () => {
  const id = await school.open(teacher);
  const guest = asViewer('STUDENT');
  const participantId = await school.enter(guest, id);
  expect((await school.moderate(guest, 'removeParticipant', id, participantId)).code).toBe('FORBIDDEN');
  expect((await school.moderate(teacher, 'removeParticipant', id, participantId)).value.state).toBe('REMOVED');
  expect((await school.join(guest, id)).code).toBe('FORBIDDEN');
  expect((await school.see(guest, id, 'id')).code).toBe('NOT_FOUND');
  await school.moderate(teacher, 'admitParticipant', id, participantId);
  expect(await school.enter(guest, id)).toBe(participantId);
  const [me] = nodesOf((await school.see(teacher, id, 'participants { edges { node { id } } }')).meeting.participants);
  expect((await school.moderate(teacher, 'removeParticipant', id, String(me?.id))).code).toBe('CONFLICT');
  expect((await school.moderate(teacher, 'removeParticipant', id, encodeId('MeetingParticipant', uuid()))).code).toBe(
    'NOT_FOUND',
  );
});

test('a locked meeting is open to those who were in it, and to moderators', async () => {
  const { id } = await lesson();
  await school.enter(teacher, id);
  await school.enter(student, id);
  const lock = (who: typeof teacher, isLocked: boolean) =>
    school.change(who, 'setMeetingLocked', 'SetLockedInput', { meetingId: id, isLocked }, '{ isLocked }');
  expect((await lock(student, true)).code).toBe('FORBIDDEN');
  expect((await lock(teacher, true)).value.isLocked).toBe(true);
  expect((await school.join(parent, id)).code).toBe('FORBIDDEN');
  await school.leave(student, id);
  await school.enter(student, id);
  await school.leave(teacher, id);
  await school.enter(teacher, id);
  await lock(teacher, false);
  await school.enter(parent, id);
});

test('the end is for everybody and for good; it stays to be seen', async () => {
  const { id, classId } = await lesson();
  await school.enter(teacher, id);
  const participantId = await school.enter(student, id);
  const end = (who: typeof teacher) =>
    school.ask(who, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { endedAt participantCount } }', { id });
  expect((await end(student)).code).toBe('FORBIDDEN');
  expect((await end(parent)).code).toBe('NOT_FOUND');
  const { data } = await end(teacher);
  expect(data.endMeeting.participantCount).toBe(0);
  expect(data.endMeeting.endedAt).not.toBeNull();
  expect((await school.join(student, id)).code).toBe('CONFLICT');
  expect((await end(teacher)).code).toBe('CONFLICT');
  const told = await eventually(async () => {
    const ends = (await school.told(id)).filter(({ kind }) => kind === 'MEETING_ENDED');
    expect(ends).toHaveLength(3);
    return ends;
  });
  expect(told.map(({ userId }) => userId ?? null).sort()).toEqual([null, student.userId, teacher.userId].sort());

  const audience = 'query ($id: String!, $users: [String!]!) { meetingAudience(meetingId: $id, userIds: $users) }';
  const realtime = { caller: 'realtime', viewer: null };
  const users = [teacher.userId, student.userId, parent.userId];
  const heard = await school.askAs(realtime, audience, { id: keyOf(id), users });
  expect([...heard.data.meetingAudience].sort()).toEqual([teacher.userId, student.userId].sort());
  expect((await school.see(student, id, 'me { id state }')).meeting.me).toEqual({ id: participantId, state: 'LEFT' });
  const lessons = await school.ask(
    student,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Class { meetings { edges { node { id } } } } } }`,
    { r: [{ __typename: 'Class', id: classId }] },
  );
  expect(nodesOf(lessons.data._entities[0].meetings)).toEqual([{ id }]);
});

test('tells the realtime server, and nobody else, who may hear of a meeting and of a participant', async () => {
  const id = await school.open(teacher);
  const guest = asViewer('STUDENT');
  const participantId = keyOf(await school.enter(guest, id));
  await school.enter(guest, id);
  const users = [teacher.userId, guest.userId, stranger.userId];
  const query = `query ($m: String!, $p: String!, $users: [String!]!) {
    meetingAudience(meetingId: $m, userIds: $users) participantAudience(participantId: $p, userIds: $users) }`;
  const variables = { m: keyOf(id), p: participantId, users };
  const realtime = { caller: 'realtime', viewer: null };
  const { data } = await school.askAs(realtime, query, variables);
  expect([...data.meetingAudience].sort()).toEqual([teacher.userId, guest.userId].sort());
  expect(data.participantAudience).toEqual([guest.userId]);
  await school.leave(guest, id);
  expect((await school.askAs(realtime, query, variables)).data).toEqual({
    meetingAudience: [teacher.userId],
    participantAudience: [guest.userId],
  });
  const none = await school.askAs(realtime, query, { ...variables, m: uuid(), p: 'no id' });
  expect(none.data).toEqual({ meetingAudience: [], participantAudience: [] });
  for (const identity of [
    { caller: 'gateway', viewer: null },
    { caller: 'realtime', viewer: teacher.viewer },
  ]) {
    expect((await school.askAs(identity, query, variables)).errors[0].extensions.code).toBe('FORBIDDEN');
  }
});

test('lists are read in parts, each entry once', async () => {
  const id = await school.open(teacher);
  const guests = Array.from({ length: 5 }, () => asViewer('STUDENT'));
  for (const guest of guests) await school.enter(guest, id);
  for (const guest of [...guests].reverse()) {
    await school.change(guest, 'setHand', 'SetHandInput', { meetingId: id, isRaised: true }, '{ id }');
  }
  const read = async (field: string): Promise<string[]> => {
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { data }: Awaited<ReturnType<typeof school.ask>> = await school.ask(
        teacher,
        `query ($id: ID!, $after: String) { meeting(id: $id) { list: ${field}(first: 2, after: $after) {
          edges { node { user { id } } } pageInfo { hasNextPage endCursor } } } }`,
        { id, after },
      );
      const { list } = data.meeting;
      found.push(...nodesOf<{ user: { id: string } }>(list).map(({ user }) => keyOf(user.id)));
      if (!list.pageInfo.hasNextPage) return found;
      after = list.pageInfo.endCursor;
    }
  };
  expect(await read('participants')).toEqual([teacher, ...guests].map(({ userId }) => userId));
  expect(await read('raisedHands')).toEqual([...guests].reverse().map(({ userId }) => userId));

  const mine = async (after: string | null) =>
    (
      await school.ask(
        teacher,
        'query ($a: String) { myMeetings(first: 1, after: $a) { edges { node { id } } pageInfo { endCursor hasNextPage } } }',
        { a: after },
      )
    ).data.myMeetings;
  const first = await mine(null);
  expect(nodesOf(first)).toEqual([{ id }]);
  expect(nodesOf(await mine(first.pageInfo.endCursor))).not.toEqual([{ id }]);
  expect((await school.see(teacher, id, 'participants(after: "bm90") { edges { cursor } }')).code).toBe(
    'BAD_USER_INPUT',
  );
});
