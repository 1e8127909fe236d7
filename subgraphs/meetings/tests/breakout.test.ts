import { Client } from 'pg';

import { asViewer, eventually } from '@terakoya/common/testkit';

import { type Person, keyOf, nodesOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
let teacher: Person;
let students: Person[];

beforeAll(async () => {
  school = await openMeetings();
});
afterAll(() => school.close());
beforeEach(() => {
  teacher = asViewer('TEACHER');
  students = Array.from({ length: 4 }, () => asViewer('STUDENT'));
});

interface Room {
  readonly id: string;
  readonly title: string;
  readonly endedAt: string | null;
  readonly assignedParticipants: { readonly edges: { readonly node: { readonly id: string } }[] };
}
const ROOMS = `breakouts(first: 50) { edges { node {
  id title endedAt closesAt assignment parent { id } assignedParticipants { edges { node { id } } } } } }`;
const open = (who: Person, meetingId: string, rooms: object[], more: object = {}) =>
  school.change(
    who,
    'openBreakouts',
    'OpenBreakoutsInput',
    { meetingId, rooms, assignment: 'MANUAL', ...more },
    `{ id ${ROOMS} }`,
  );
const roomsOf = async (who: Person, id: string) =>
  nodesOf<Room>((await school.see(who, id, ROOMS)).meeting?.breakouts ?? { edges: [] });
const close = (who: Person, meetingId: string) =>
  school.change(who, 'closeBreakouts', 'MeetingInput', { meetingId }, '{ id }');
const assign = (who: Person, breakoutId: string, participantId: string) =>
  school.change(who, 'assignToBreakout', 'AssignToBreakoutInput', { breakoutId, participantId }, '{ id }');
const stateIn = async (who: Person, id: string) => (await school.see(who, id, 'me { state role }')).meeting?.me;
const seatedIn = (room: Room | undefined) => nodesOf(room?.assignedParticipants ?? { edges: [] }).map(({ id }) => id);
/** A meeting with everybody in it, and their participants' ids. */
const start = async () => {
  const id = await school.open(teacher);
  const ids: string[] = [];
  for (const student of students) ids.push(await school.enter(student, id));
  return { id, ids };
};
const person = (index: number): Person => students[index] ?? teacher;

test('rooms by name: those who are to go there see and join them, moderators all, others none', async () => {
  const { id, ids } = await start();
  expect((await open(person(0), id, [{ title: 'A' }])).code).toBe('FORBIDDEN');
  const { value } = await open(teacher, id, [
    { title: 'A', participantIds: [ids[0], ids[1]] },
    { title: 'B', participantIds: [ids[2]] },
  ]);
  const [a, b] = nodesOf<Room & { parent: object }>(value.breakouts);
  expect([a?.title, b?.title, a?.parent]).toEqual(['A', 'B', { id }]);
  expect(seatedIn(a)).toEqual([ids[0], ids[1]]);
  if (!a || !b) throw new Error('no rooms');
  expect((await roomsOf(person(0), id)).map(({ title }) => title)).toEqual(['A']);
  expect(await roomsOf(person(3), id)).toEqual([]);
  const assigned = (await school.untilTold(id, 'BREAKOUT_ASSIGNED', 3)) as { targetId?: string };
  expect(assigned).toMatchObject({
    userId: person(2).userId,
    participantId: keyOf(ids[2] ?? ''),
    targetId: keyOf(b.id),
  });

  await school.enter(person(0), a.id);
  expect(await stateIn(person(0), id)).toEqual({ state: 'PRESENT', role: 'ATTENDEE' });
  expect((await school.join(person(0), b.id)).code).toBe('NOT_FOUND');
  expect((await school.join(person(3), a.id)).code).toBe('NOT_FOUND');
  expect((await school.join(asViewer('STUDENT'), a.id)).code).toBe('NOT_FOUND');
  expect((await school.see(person(3), a.id, 'id')).code).toBe('NOT_FOUND');
  for (const room of [a, b]) {
    await school.enter(teacher, room.id);
    expect(await stateIn(teacher, room.id)).toEqual({ state: 'PRESENT', role: 'MODERATOR' });
  }
  expect(await stateIn(teacher, a.id)).toMatchObject({ state: 'LEFT' }); // one is in one room

  const mine = await school.ask(person(0), '{ myMeetings { edges { node { id } } } }');
  expect(nodesOf(mine.data.myMeetings)).toEqual([{ id }]);
  expect((await open(teacher, id, [{ title: 'C' }])).code).toBe('CONFLICT');
  expect((await open(teacher, b.id, [{ title: 'C' }])).code).toBe('CONFLICT');
});

test('somebody is moved: out of the room they are in, to the other', async () => {
  const { id, ids } = await start();
  await open(teacher, id, [{ title: 'A', participantIds: [ids[0]] }, { title: 'B' }]);
  const [a, b] = await roomsOf(teacher, id);
  if (!a || !b) throw new Error('no rooms');
  await school.enter(person(0), a.id);
  expect((await assign(person(0), b.id, ids[0] ?? '')).code).toBe('FORBIDDEN');
  expect((await assign(teacher, id, ids[0] ?? '')).code).toBe('NOT_FOUND');
  expect((await assign(teacher, b.id, ids[0] ?? '')).value.id).toBe(b.id);
  expect((await school.join(person(0), a.id)).code).toBe('NOT_FOUND');
  await school.untilTold(a.id, 'PARTICIPANT_LEFT');
  await school.enter(person(0), b.id);
  const [emptied, filled] = await roomsOf(teacher, id);
  expect([seatedIn(emptied), seatedIn(filled)]).toEqual([[], [ids[0]]]);
  await close(teacher, id);
  expect((await assign(teacher, b.id, ids[1] ?? '')).code).toBe('CONFLICT');
});

test('by chance: everybody but moderators goes somewhere, evenly', async () => {
  const { id, ids } = await start();
  const named = await open(teacher, id, [{ title: 'A', participantIds: [ids[0]] }], { assignment: 'RANDOM' });
  expect([named.code, named.errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', 'participantIds']);
  await open(teacher, id, [{ title: 'A' }, { title: 'B' }, { title: 'C' }], { assignment: 'RANDOM' });
  const rooms = await roomsOf(teacher, id);
  expect(rooms.map((room) => seatedIn(room).length)).toEqual([2, 1, 1]);
  expect(rooms.flatMap(seatedIn).sort()).toEqual([...ids].sort());
});

test('where everybody goes where they like, joining another room is leaving the first', async () => {
  const { id } = await start();
  await open(teacher, id, [{ title: 'A' }, { title: 'B' }], { assignment: 'SELF_SELECT' });
  const [a, b] = await roomsOf(person(0), id);
  if (!a || !b) throw new Error('no rooms');
  await school.enter(person(0), a.id);
  await school.enter(person(0), b.id);
  expect((await school.see(teacher, a.id, 'participantCount')).meeting.participantCount).toBe(0);
  expect((await school.see(teacher, b.id, 'participantCount')).meeting.participantCount).toBe(1);
  expect((await school.join(asViewer('STUDENT'), a.id)).code).toBe('NOT_FOUND');
});

test('all hear a broadcast; the close asks those inside to return, and everything is kept', async () => {
  const { id, ids } = await start();
  await open(teacher, id, [{ title: 'A', participantIds: [ids[0], ids[1]] }, { title: 'B' }]);
  const [a, b] = await roomsOf(teacher, id);
  if (!a || !b) throw new Error('no rooms');
  await school.enter(person(0), a.id);
  const text = { meetingId: a.id, text: 'kept' };
  await school.change(person(0), 'sendMeetingMessage', 'SendMeetingMessageInput', text, '{ id }');
  const notes = { meetingId: a.id, text: '# kept', revision: 0 };
  await school.change(person(0), 'updateMeetingNotes', 'UpdateMeetingNotesInput', notes, '{ revision }');
  const strokes = [{ points: [0, 0.5, 1, 0.5], color: '#000000', width: 0.01 }];
  await school.change(
    person(0),
    'addWhiteboardStrokes',
    'AddWhiteboardStrokesInput',
    { meetingId: a.id, strokes },
    '{ id }',
  );

  const broadcast = (who: Person) =>
    school.change(who, 'broadcastToBreakouts', 'BroadcastInput', { meetingId: id, text: 'Two minutes' });
  expect((await broadcast(person(0))).code).toBe('FORBIDDEN');
  expect((await broadcast(teacher)).value).toBe(true);
  for (const place of [id, a.id, b.id]) {
    expect(await school.untilTold(place, 'BROADCAST')).toMatchObject({ text: 'Two minutes' });
  }
  expect((await close(person(0), id)).code).toBe('FORBIDDEN');
  await close(teacher, id);
  await school.untilTold(a.id, 'MEETING_ENDED', 2);
  const returned = (await school.untilTold(id, 'BREAKOUT_CLOSED')) as { targetId?: string };
  expect(returned).toMatchObject({ participantId: keyOf(ids[0] ?? ''), targetId: keyOf(id) });
  expect((await school.told(id)).filter(({ kind }) => kind === 'BREAKOUT_CLOSED')).toHaveLength(1);
  await school.untilTold(id, 'BREAKOUTS_CHANGED', 2);
  expect((await school.join(person(0), a.id)).code).toBe('CONFLICT');
  expect((await close(teacher, id)).code).toBeUndefined();

  await school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { id } }', { id });
  for (const who of [teacher, person(0), person(1)]) {
    const { meeting } = await school.see(
      who,
      id,
      `breakouts { edges { node { title messages { edges { node { text } } } notes { text } whiteboard { edges { node { points } } } } } }`,
    );
    expect(nodesOf(meeting.breakouts)[0]).toMatchObject({
      title: 'A',
      messages: { edges: [{ node: { text: 'kept' } }] },
      notes: { text: '# kept' },
      whiteboard: { edges: [{ node: { points: [0, 0.5, 1, 0.5] } }] },
    });
  }
  expect(await roomsOf(person(2), id)).toEqual([]);
});

test('the rooms opened last come first, each round in the order of names, and are read in parts', async () => {
  const { id } = await start();
  await open(teacher, id, [{ title: 'A1' }, { title: 'A2' }]);
  await close(teacher, id);
  await open(teacher, id, [{ title: 'B1' }, { title: 'B2' }]);
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const part: string = `breakouts(first: 3, after: ${JSON.stringify(after)}) { edges { node { title } } pageInfo { hasNextPage endCursor } }`;
    const { breakouts } = (await school.see(teacher, id, part)).meeting;
    found.push(...nodesOf<{ title: string }>(breakouts).map(({ title }) => title));
    if (!breakouts.pageInfo.hasNextPage) break;
    after = breakouts.pageInfo.endCursor;
  }
  expect(found).toEqual(['B1', 'B2', 'A1', 'A2']);
});

test('rooms close when their time is up, also when the service was away', async () => {
  const { id } = await start();
  await open(teacher, id, [{ title: 'A' }], { assignment: 'SELF_SELECT', seconds: 600 });
  const elsewhere = await school.open(teacher);
  await open(teacher, elsewhere, [{ title: 'without a limit' }]);
  const [room] = await roomsOf(person(0), id);
  if (!room) throw new Error('no room');
  await school.enter(person(0), room.id);
  expect(room).toMatchObject({ endedAt: null, assignment: 'SELF_SELECT' });
  await school.whileAway(async () => {
    const client = new Client({ connectionString: school.databaseUrl });
    await client.connect();
    await client
      .query('UPDATE meetings.meeting SET closes_at = now() WHERE id = $1', [keyOf(room.id)])
      .finally(() => client.end());
  });
  await eventually(async () => expect((await roomsOf(teacher, id))[0]?.endedAt).not.toBeNull());
  expect(await school.untilTold(id, 'BREAKOUT_CLOSED')).toMatchObject({ userId: person(0).userId });
  expect(await stateIn(person(0), id)).toMatchObject({ state: 'PRESENT' });
  expect((await roomsOf(teacher, elsewhere))[0]?.endedAt).toBeNull();
});

test('who is put out of the meeting is put out of its rooms; another role there holds in the room too', async () => {
  const { id, ids } = await start();
  await open(teacher, id, [{ title: 'A' }], { assignment: 'SELF_SELECT' });
  const [a] = await roomsOf(teacher, id);
  if (!a) throw new Error('no room');
  await school.enter(person(0), a.id);
  await school.enter(person(1), a.id);
  const role = { meetingId: id, participantId: ids[1], role: 'OBSERVER' };
  await school.change(teacher, 'setParticipant', 'SetParticipantInput', role, '{ id }');
  expect((await stateIn(person(1), a.id)).role).toBe('OBSERVER');
  await school.moderate(teacher, 'removeParticipant', id, ids[0] ?? '');
  expect((await school.see(teacher, a.id, 'participantCount')).meeting.participantCount).toBe(1);
  expect((await school.join(person(0), a.id)).code).toBe('NOT_FOUND');
  await school.moderate(teacher, 'admitParticipant', id, ids[0] ?? '');
  await school.enter(person(0), a.id);
});

test('in a lesson, who leaves the class leaves its rooms; the rooms are not lessons of their own', async () => {
  const student = person(0);
  const classId = await school.makeClass([
    [teacher, 'TEACHER'],
    [student, 'STUDENT'],
  ]);
  const id = await school.create(teacher, { classId });
  await school.enter(teacher, id);
  await school.enter(student, id);
  await open(teacher, id, [{ title: 'A' }], { assignment: 'SELF_SELECT' });
  const [a] = await roomsOf(student, id);
  if (!a) throw new Error('no room');
  await school.enter(student, a.id);
  const { data } = await school.ask(
    student,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Class { meetings { edges { node { id } } } } } }',
    { r: [{ __typename: 'Class', id: classId }] },
  );
  expect(nodesOf(data._entities[0].meetings)).toEqual([{ id }]);
  await school.tellMember(classId, student, null);
  await school.untilTold(a.id, 'PARTICIPANT_LEFT');
  expect((await school.join(student, a.id)).code).toBe('NOT_FOUND');
  expect((await school.see(student, a.id, 'id')).code).toBe('NOT_FOUND');
});

test('the end of the meeting closes its rooms; the end of one room asks back who was in it', async () => {
  const { id } = await start();
  await open(teacher, id, [{ title: 'A' }, { title: 'B' }], { assignment: 'SELF_SELECT' });
  const [a, b] = await roomsOf(teacher, id);
  if (!a || !b) throw new Error('no rooms');
  await school.enter(person(0), a.id);
  await school.enter(person(1), b.id);
  await school.enter(teacher, a.id);
  const end = (meetingId: string) =>
    school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { endedAt } }', { id: meetingId });
  expect((await end(a.id)).data.endMeeting.endedAt).not.toBeNull();
  await school.untilTold(id, 'BREAKOUT_CLOSED', 2);
  expect((await roomsOf(teacher, id)).map(({ endedAt }) => endedAt !== null)).toEqual([true, false]);
  await end(id);
  expect((await roomsOf(teacher, id)).map(({ endedAt }) => endedAt !== null)).toEqual([true, true]);
  await school.untilTold(id, 'BREAKOUT_CLOSED', 3);
});

test('there are 1 to 50 rooms, their time is bounded, and those named are participants, once', async () => {
  const { id, ids } = await start();
  const many = Array.from({ length: 51 }, (_one, index) => ({ title: `R${index}` }));
  for (const rooms of [[], many, [{ title: ' ' }]])
    expect((await open(teacher, id, rooms)).code).toBe('BAD_USER_INPUT');
  expect((await open(teacher, id, [{ title: 'A' }], { seconds: 9 })).code).toBe('BAD_USER_INPUT');
  const twice = [
    { title: 'A', participantIds: [ids[0]] },
    { title: 'B', participantIds: [ids[0]] },
  ];
  expect((await open(teacher, id, twice)).code).toBe('BAD_USER_INPUT');
  const elsewhere = (await school.see(teacher, await school.open(teacher), 'me { id }')).meeting.me.id;
  expect((await open(teacher, id, [{ title: 'A', participantIds: [elsewhere] }])).code).toBe('NOT_FOUND');
  expect((await open(teacher, id, many.slice(1))).code).toBeUndefined();
  expect(await roomsOf(teacher, id)).toHaveLength(50);
});

test('somebody who joins a room while they are put out of the meeting is in neither in the end', async () => {
  const { id, ids } = await start();
  await open(teacher, id, [{ title: 'A' }, { title: 'B' }, { title: 'C' }], { assignment: 'SELF_SELECT' });
  const rooms = await roomsOf(teacher, id);
  await Promise.all([
    ...students.map((student, index) => school.join(student, rooms[index % 3]?.id ?? '')),
    ...ids.map((participantId) => school.moderate(teacher, 'removeParticipant', id, participantId)),
  ]);
  for (const room of rooms) {
    expect((await school.see(teacher, room.id, 'participantCount')).meeting.participantCount).toBe(0);
  }
  expect((await school.see(teacher, id, 'participantCount')).meeting.participantCount).toBe(1);
});

test('somebody who joins several rooms at the same time is in one of them', async () => {
  const { id } = await start();
  await open(teacher, id, [{ title: 'A' }, { title: 'B' }, { title: 'C' }], { assignment: 'SELF_SELECT' });
  const rooms = await roomsOf(teacher, id);
  await Promise.all(rooms.map((room) => school.join(person(0), room.id)));
  const counts: number[] = [];
  for (const room of rooms) {
    counts.push((await school.see(teacher, room.id, 'participantCount')).meeting.participantCount);
  }
  expect([...counts].sort()).toEqual([0, 0, 1]);
});
