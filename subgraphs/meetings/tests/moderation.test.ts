import { asViewer, eventually } from '@terakoya/common/testkit';

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

const PERMISSIONS = 'me { role state permissions { maySpeak mayShowCamera mayShareScreen mayChat mayModerate } }';
const meOf = async (who: Person, id: string) => (await school.see(who, id, PERMISSIONS)).meeting?.me;
const set = (who: Person, meetingId: string, participantId: string, change: object) =>
  school.change(who, 'setParticipant', 'SetParticipantInput', { meetingId, participantId, ...change }, '{ role }');
const hand = (who: Person, meetingId: string, isRaised: boolean) =>
  school.change(who, 'setHand', 'SetHandInput', { meetingId, isRaised }, '{ handRaisedAt }');

test('a raised hand keeps its place until it is lowered, by its owner or a moderator', async () => {
  const id = await school.open(teacher);
  const other = asViewer('STUDENT');
  const participantId = await school.enter(student, id);
  await school.enter(other, id);
  const raised = (await hand(student, id, true)).value.handRaisedAt;
  await hand(other, id, true);
  expect((await hand(student, id, true)).value.handRaisedAt).toBe(raised);
  const queue = async () =>
    nodesOf((await school.see(teacher, id, 'raisedHands { edges { node { id } } }')).meeting.raisedHands);
  expect((await queue())[0]).toEqual({ id: participantId });
  expect((await hand(other, id, false)).value.handRaisedAt).toBeNull();
  await hand(other, id, true);
  const lower = async (who: Person, more: object = {}) =>
    school.change(who, 'lowerHands', 'LowerHandsInput', { meetingId: id, ...more });
  expect((await lower(student)).code).toBe('FORBIDDEN');
  expect((await lower(teacher, { participantId })).value).toBe(1);
  expect(await queue()).toHaveLength(1);
  expect((await lower(teacher)).value).toBe(1);
  expect(await queue()).toEqual([]);
  await hand(student, id, true);
  await school.leave(student, id);
  await school.enter(student, id);
  expect(await queue()).toEqual([]);
});

test('a reaction is one emoji, from somebody who is in the meeting', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const react = (who: Person, emoji: string) => school.change(who, 'react', 'ReactInput', { meetingId: id, emoji });
  for (const emoji of ['👏', '👩🏽‍🏫', '🇯🇵']) expect((await react(student, emoji)).value).toBe(true);
  for (const none of ['a', '👏👏', '<b>']) expect((await react(student, none)).code).toBe('BAD_USER_INPUT');
  expect((await react(asViewer('STUDENT'), '👏')).code).toBe('NOT_FOUND');
  const told = await school.untilTold(id, 'REACTION', 3);
  expect(told).toMatchObject({ text: '🇯🇵', participantId: keyOf(participantId) });
});

test('what one may do: the policy, exceptions from it, and another role', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const allowed = { maySpeak: true, mayShowCamera: true, mayShareScreen: false, mayChat: true, mayModerate: false };
  expect(await meOf(student, id)).toMatchObject({ role: 'ATTENDEE', permissions: allowed });

  const update = (who: Person, input: object) =>
    school.change(
      who,
      'updateMeeting',
      'UpdateMeetingInput',
      { meetingId: id, ...input },
      '{ title startsAt policy { attendeesMayChat attendeesMaySpeak } }',
    );
  expect((await update(student, { title: 'mine' })).code).toBe('FORBIDDEN');
  const startsAt = '2030-01-01T09:00:00.000Z';
  expect((await update(teacher, { title: ' T ', startsAt, policy: { attendeesMayChat: false } })).value).toEqual({
    title: 'T',
    startsAt,
    policy: { attendeesMayChat: false, attendeesMaySpeak: true },
  });
  expect((await update(teacher, {})).value).toMatchObject({ title: 'T', startsAt });
  expect((await update(teacher, { startsAt: null })).value).toMatchObject({ title: 'T', startsAt: null });
  expect((await meOf(student, id)).permissions.mayChat).toBe(false);

  await set(teacher, id, participantId, { mayChat: true, maySpeak: false });
  expect((await meOf(student, id)).permissions).toMatchObject({ mayChat: true, maySpeak: false });
  await set(teacher, id, participantId, { mayChat: null });
  expect((await meOf(student, id)).permissions).toMatchObject({ mayChat: false, maySpeak: false });
  expect((await set(student, id, participantId, { role: 'MODERATOR' })).code).toBe('FORBIDDEN');
  await set(teacher, id, participantId, { role: 'MODERATOR' });
  expect((await meOf(student, id)).permissions).toMatchObject({ mayChat: true, maySpeak: true, mayModerate: true });
  await school.leave(student, id);
  await school.enter(student, id);
  expect((await meOf(student, id)).role).toBe('MODERATOR');
  const directed = (await school.told(id)).filter(({ userId }) => userId === student.userId);
  expect(directed.map(({ kind }) => kind)).toEqual([
    'PERMISSIONS_CHANGED',
    'PERMISSIONS_CHANGED',
    'PERMISSIONS_CHANGED',
  ]);
});

test('a moderator cannot give up their own moderation', async () => {
  const id = await school.open(teacher);
  const me = (await school.see(teacher, id, 'me { id }')).meeting.me.id;
  expect((await set(teacher, id, me, { role: 'ATTENDEE' })).code).toBe('CONFLICT');
});

test('muting asks for nothing where nothing is sent; asking to speak reaches one participant', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  expect((await school.moderate(teacher, 'muteParticipant', id, participantId)).value.id).toBe(participantId);
  expect((await school.change(teacher, 'muteAll', 'MeetingInput', { meetingId: id })).value).toBe(0);
  expect((await school.moderate(student, 'askToUnmute', id, participantId)).code).toBe('FORBIDDEN');
  await school.moderate(teacher, 'askToUnmute', id, participantId);
  expect(await school.untilTold(id, 'UNMUTE_ASKED')).toMatchObject({ userId: student.userId });
});

test('the spotlight is on somebody who is there, and goes with them', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const shine = (who: Person, on: string | null) =>
    school.change(
      who,
      'setSpotlight',
      'SetSpotlightInput',
      { meetingId: id, participantId: on },
      '{ spotlight { id } }',
    );
  expect((await shine(student, participantId)).code).toBe('FORBIDDEN');
  expect((await shine(teacher, participantId)).value.spotlight).toEqual({ id: participantId });
  expect((await shine(teacher, null)).value.spotlight).toBeNull();
  await shine(teacher, participantId);
  await school.leave(student, id);
  expect((await school.see(teacher, id, 'spotlight { id }')).meeting.spotlight).toBeNull();
  expect((await shine(teacher, participantId)).code).toBe('CONFLICT');
});

test('another role in the class holds at once, also for who is away', async () => {
  const classId = await school.makeClass([
    [teacher, 'TEACHER'],
    [student, 'TEACHER'],
  ]);
  const id = await school.create(teacher, { classId });
  await school.enter(teacher, id);
  await school.enter(student, id);
  await school.tellMember(classId, student, 'SUPPORTER');
  await eventually(async () => expect((await meOf(student, id)).role).toBe('OBSERVER'));
  expect((await meOf(student, id)).state).toBe('PRESENT');
  await school.tellMember(classId, student, 'TEACHER');
  await eventually(async () => expect((await meOf(student, id)).role).toBe('MODERATOR'));
  await school.leave(student, id);
  await school.tellMember(classId, student, 'STUDENT');
  await eventually(async () => expect((await meOf(student, id)).role).toBe('ATTENDEE'));
  await school.tellMember(classId, student, 'TEACHER', Date.now() - 60_000); // a late event changes nothing
  await school.enter(student, id);
  expect((await meOf(student, id)).role).toBe('ATTENDEE');
});

test('who leaves the class is put out of its lessons, sees none of them, and may come back with it', async () => {
  const classId = await school.makeClass([
    [teacher, 'TEACHER'],
    [student, 'STUDENT'],
  ]);
  const id = await school.create(teacher, { classId });
  const earlier = await school.create(teacher, { classId });
  for (const meetingId of [id, earlier]) {
    await school.enter(teacher, meetingId);
    await school.enter(student, meetingId);
  }
  await school.leave(student, earlier);
  await school.tellMember(classId, student, null);
  await school.untilTold(id, 'REMOVED');
  expect((await school.see(student, id, 'id')).code).toBe('NOT_FOUND');
  const mine = await school.ask(student, '{ myMeetings { edges { node { id } } } }');
  expect(nodesOf<{ id: string }>(mine.data.myMeetings).filter((one) => [id, earlier].includes(one.id))).toEqual([]);
  expect((await school.see(teacher, id, 'participantCount')).meeting.participantCount).toBe(1);
  expect((await school.kinds(earlier)).filter((kind) => kind === 'PARTICIPANT_LEFT')).toHaveLength(1);

  await school.tellMember(classId, student, 'STUDENT');
  await eventually(async () => expect((await school.see(student, id, 'id')).meeting).not.toBeNull());
  await school.enter(student, id);
});
