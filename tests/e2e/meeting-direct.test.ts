import { eventually } from '../../common/testkit';
import { type Lesson, TEACHER, allSeeAndHearAllOthers, growing, openLesson, silent, within } from './meeting/lesson';
import type { People, Person } from './meeting/people';
import { type TurnServer, startTurnServer } from './meeting/turn-server';

jest.setTimeout(240_000);

let turn: TurnServer | undefined;
let lesson: Lesson;
let people: People | undefined;
let teacher: Person;
let aoi: Person;

beforeAll(async () => {
  turn = await startTurnServer();
  const environment: Record<string, string> = turn ? { TURN_SERVER: turn.address, TURN_SECRET: turn.secret } : {};
  const without = ['media', 'notes-worker', 'ocr-worker', 'recording-worker'] as const;
  lesson = await openLesson(['Aoi'], environment, without);
  ({ people } = lesson);
}, 600_000);
afterAll(async () => {
  await lesson.close();
  await turn?.close();
});

test('without a media node two people see and hear each other directly, one of them through the TURN server', async () => {
  if (!people) return;
  teacher = await people.join(TEACHER, lesson.account(TEACHER), lesson.meetingId);
  aoi = await people.join('Aoi', lesson.account('Aoi'), lesson.meetingId, {
    iceTransportPolicy: turn ? 'relay' : 'all',
  });
  for (const person of [teacher, aoi]) {
    expect(await person.seen()).toMatchObject({ phase: { name: 'PRESENT' }, isDirect: true, problem: null });
  }
  await allSeeAndHearAllOthers([teacher, aoi]);
  if (turn) expect(await aoi.ways()).toEqual(['relay']);
});

test('a screen is shared and a microphone closed as with a media node', async () => {
  if (!people) return;
  await teacher.does('shareScreen');
  await growing(aoi, TEACHER, 'SCREEN');
  await teacher.does('stopScreen');
  await eventually(async () => expect(await aoi.trackOf(TEACHER, 'SCREEN')).toBeUndefined(), within);
  await aoi.does('setMicrophone', false);
  await silent(teacher, 'Aoi');
  await aoi.does('setMicrophone', true);
  await growing(teacher, 'Aoi', 'MICROPHONE');
});

test('who closes the page is gone for the other at once, and is called again when they come back', async () => {
  if (!people) return;
  const began = Date.now();
  await aoi.page.goto('about:blank');
  await eventually(async () => expect((await teacher.seen()).people).toEqual([]), within);
  const seconds = (Date.now() - began) / 1_000;
  process.stderr.write(`  a page that closed was gone for the other after ${seconds} s\n`);
  expect(seconds).toBeLessThan(15); // without media nobody else would notice for ninety
  aoi = await people.join('Aoi', lesson.account('Aoi'), lesson.meetingId);
  await allSeeAndHearAllOthers([teacher, aoi]);
});

test('once there is a media node both go over to it without loading the page', async () => {
  if (!people) return;
  await lesson.under.school.startMediaNode();
  for (const person of [teacher, aoi]) {
    await eventually(
      async () => expect(await person.seen()).toMatchObject({ phase: { name: 'PRESENT' }, isDirect: false }),
      within,
    );
  }
  await allSeeAndHearAllOthers([teacher, aoi]);
});
