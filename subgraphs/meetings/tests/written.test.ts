import { asViewer } from '@terakoya/common/testkit';

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

const line = (x: number) => ({ points: [x, 0, x, 1], color: '#A1b2C3', width: 0.01 });
const draw = (who: Person, meetingId: string, strokes: object[]) =>
  school.change(
    who,
    'addWhiteboardStrokes',
    'AddWhiteboardStrokesInput',
    { meetingId, strokes },
    '{ id number points color author { id } }',
  );
const undo = (who: Person, meetingId: string) =>
  school.change(who, 'undoWhiteboardStroke', 'MeetingInput', { meetingId }, '{ id erasedAt }');
const clear = (who: Person, meetingId: string) => school.change(who, 'clearWhiteboard', 'MeetingInput', { meetingId });
const board = async (who: Person, id: string, first = 100, after: string | null = null) => {
  const part = `whiteboard(first: ${first}, after: ${JSON.stringify(after)}) { edges { node { number points } } pageInfo { endCursor hasNextPage } }`;
  const { whiteboard } = (await school.see(who, id, part)).meeting;
  return { numbers: nodesOf<{ number: number }>(whiteboard).map(({ number }) => number), ...whiteboard.pageInfo };
};
const write = (who: Person, meetingId: string, text: string, revision: number) =>
  school.change(
    who,
    'updateMeetingNotes',
    'UpdateMeetingNotesInput',
    { meetingId, text, revision },
    '{ text revision updatedAt updatedBy { id } }',
  );
const say = (who: Person, meetingId: string, text: string, more: object = {}) =>
  school.change(
    who,
    'sendCaption',
    'SendCaptionInput',
    { meetingId, text, language: 'ja', isFinal: true, ...more },
    '{ id text language speaker { id } }',
  );
const noAttendees = { policy: { hasWaitingRoom: false, attendeesMayChat: false, attendeesMaySpeak: false } };

test('strokes lie in the order of drawing; one takes back ones own, a moderator all', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const { value } = await draw(student, id, [line(0.1), line(0.25)]);
  expect(value).toMatchObject([
    { number: 1, points: [0.1, 0, 0.1, 1], color: '#a1b2c3', author: { id: participantId } },
    { number: 2, points: [0.25, 0, 0.25, 1] },
  ]);
  await draw(teacher, id, [line(0.3)]);
  const told = (await school.untilTold(id, 'WHITEBOARD_CHANGED', 2)) as { strokeIds?: string[] };
  expect(told.strokeIds).toHaveLength(1);
  const first = await board(teacher, id, 2);
  expect(first).toMatchObject({ numbers: [1, 2], hasNextPage: true });
  expect(await board(teacher, id, 2, first.endCursor)).toMatchObject({ numbers: [3], hasNextPage: false });

  const undone = (await undo(student, id)).value;
  expect(undone.id).toBe(value[1].id);
  expect(undone.erasedAt).not.toBeNull();
  expect((await board(student, id)).numbers).toEqual([1, 3]);
  expect(await school.untilTold(id, 'WHITEBOARD_CHANGED', 3)).toMatchObject({ strokeIds: [keyOf(undone.id)] });
  await undo(student, id);
  expect((await undo(student, id)).value).toBeNull();
  expect((await clear(student, id)).code).toBe('FORBIDDEN');
  expect((await clear(teacher, id)).value).toBe(1);
  expect((await clear(teacher, id)).value).toBe(0);
  expect((await board(student, id)).numbers).toEqual([]);
  expect(await school.untilTold(id, 'WHITEBOARD_CHANGED', 5)).toMatchObject({ strokeIds: [] });
  expect((await draw(student, id, [line(0.5)])).value[0].number).toBe(4);
  const taken = await school.ask(
    student,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on WhiteboardStroke { number erasedAt } } }',
    { r: [{ __typename: 'WhiteboardStroke', id: undone.id }] },
  );
  expect(taken.data._entities[0]).toMatchObject({ number: 2, erasedAt: undone.erasedAt });
});

test('many draw at the same time, and no place is given twice', async () => {
  const id = await school.open(teacher);
  const guests = Array.from({ length: 5 }, () => asViewer('STUDENT'));
  for (const guest of guests) await school.enter(guest, id);
  const drawn = await Promise.all(
    guests.flatMap((who) => [draw(who, id, [line(0.1), line(0.2)]), draw(who, id, [line(0.3)])]),
  );
  expect(drawn.map(({ code }) => code)).toEqual(drawn.map(() => undefined));
  expect((await board(teacher, id)).numbers).toEqual(Array.from({ length: 15 }, (_one, index) => index + 1));
});

test.each([
  ['no strokes', []],
  ['too many strokes', Array.from({ length: 21 }, () => line(0))],
  ['a point outside', [{ ...line(0), points: [0, 1.01] }]],
  ['half a point', [{ ...line(0), points: [0, 0, 1] }]],
  ['no point', [{ ...line(0), points: [] }]],
  ['too many points', [{ ...line(0), points: Array.from({ length: 1_002 }, () => 0) }]],
  ['another colour', [{ ...line(0), color: 'red' }]],
  ['too wide', [{ ...line(0), width: 0.2 }]],
])('a drawing with %s is refused', async (_what, strokes) => {
  const id = await school.open(teacher);
  expect((await draw(teacher, id, strokes)).code).toBe('BAD_USER_INPUT');
  expect((await board(teacher, id)).numbers).toEqual([]);
});

test('who may not write draws and writes nothing', async () => {
  const id = await school.open(teacher, noAttendees);
  expect((await draw(student, id, [line(0)])).code).toBe('NOT_FOUND');
  await school.enter(student, id);
  expect((await draw(student, id, [line(0)])).code).toBe('FORBIDDEN');
  expect((await write(student, id, 'x', 0)).code).toBe('FORBIDDEN');
  expect((await draw(teacher, id, [line(0)])).code).toBeUndefined();
});

test('notes are changed from the revision that was read; who comes too late is told the present one', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  const read = async () =>
    (await school.see(teacher, id, 'notes { text revision updatedAt updatedBy { id } }')).meeting.notes;
  expect(await read()).toEqual({ text: '', revision: 0, updatedAt: null, updatedBy: null });
  const { value } = await write(student, id, '# Leaves\n', 0);
  expect(value).toMatchObject({ text: '# Leaves\n', revision: 1, updatedBy: { id: participantId } });
  const stale = await write(teacher, id, '# Mine', 0);
  expect([stale.code, stale.errors[0].extensions.revision]).toEqual(['CONFLICT', 1]);
  const answers = await Promise.all([write(teacher, id, 'a', 1), write(student, id, 'b', 1)]);
  expect(answers.map(({ code }) => code).sort()).toEqual(['CONFLICT', undefined]);
  expect(await read()).toMatchObject({ revision: 2 });
  for (const wrong of ['x'.repeat(100_001), 'a\u0000']) {
    expect((await write(teacher, id, wrong, 2)).code).toBe('BAD_USER_INPUT');
  }
  expect((await write(teacher, id, 'x'.repeat(100_000), 2)).value.revision).toBe(3);
  expect((await write(teacher, id, '', 3)).value).toMatchObject({ text: '', revision: 4 });
  await school.untilTold(id, 'NOTES_CHANGED', 4);
  await school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { id } }', { id });
  expect((await write(teacher, id, 'late', 4)).code).toBe('CONFLICT');
  expect(await read()).toMatchObject({ revision: 4 });
});

test('final captions are kept and told, others are told only', async () => {
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  expect((await say(student, id, 'こんに', { isFinal: false })).value).toBeNull();
  expect(await school.untilTold(id, 'CAPTION')).toMatchObject({
    text: 'こんに',
    language: 'ja',
    captionId: null,
    participantId: keyOf(participantId),
  });
  const { value } = await say(student, id, 'こんにちは');
  expect(value).toMatchObject({ text: 'こんにちは', language: 'ja', speaker: { id: participantId } });
  expect(await school.untilTold(id, 'CAPTION', 2)).toMatchObject({ text: 'こんにちは', captionId: keyOf(value.id) });
  await say(teacher, id, 'Hello', { language: 'EN-gb' });
  const read = async (after: string | null) => {
    const part = `captions(first: 1, after: ${JSON.stringify(after)}) { edges { node { text language } } pageInfo { endCursor } }`;
    return (await school.see(teacher, id, part)).meeting.captions;
  };
  const first = await read(null);
  expect(nodesOf(first)).toEqual([{ text: 'こんにちは', language: 'ja' }]);
  expect(nodesOf(await read(first.pageInfo.endCursor))).toEqual([{ text: 'Hello', language: 'en-GB' }]);
});

test('captions are of those who may speak, and in a language', async () => {
  const id = await school.open(teacher, noAttendees);
  await school.enter(student, id);
  expect((await say(student, id, 'x')).code).toBe('FORBIDDEN');
  expect((await say(asViewer('STUDENT'), id, 'x')).code).toBe('NOT_FOUND');
  for (const wrong of [{ language: 'en_US' }, { language: '' }, { text: ' ' }, { text: 'x'.repeat(501) }]) {
    expect((await say(teacher, id, 'x', wrong)).code).toBe('BAD_USER_INPUT');
  }
});

test('what is sent often is sent so often and no more', async () => {
  const id = await school.open(teacher);
  const react = () => school.change(teacher, 'react', 'ReactInput', { meetingId: id, emoji: '👏' });
  const answers = await Promise.all(Array.from({ length: 22 }, react));
  expect(answers.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(2);
  expect((await draw(teacher, id, [line(0)])).code).toBeUndefined(); // each kind has a limit of its own
});
