import { eventually } from '../../common/testkit';
import type { SchoolClient } from '../../scripts/demo/school-client';
import { type Account, type People, type Person, type Source, openPeople } from './meeting/people';
import { type TurnServer, startTurnServer } from './meeting/turn-server';
import { SchoolUnderTest } from './school-under-test';

jest.setTimeout(120_000);

const within = { timeoutMs: 30_000, everyMs: 250 };
/** Growth of energy between two looks below which nothing is heard. */
const SILENCE = 1e-4;

let turn: TurnServer | undefined;
let under: SchoolUnderTest;
let people: People | undefined;
let host: SchoolClient;
let meetingId = '';
let teacher: Person;
let aoi: Person;
let ren: Person;
let everybody: Person[] = [];
const accounts: Record<string, Account> = {};

beforeAll(async () => {
  turn = await startTurnServer();
  const environment: Record<string, string> = turn ? { TURN_SERVER: turn.address, TURN_SECRET: turn.secret } : {};
  under = new SchoolUnderTest({ without: ['app'], environment });
  await under.start();
  await under.school.urlOf('media'); // where the worker has to be built first
  people = await openPeople(under);
  host = await under.nobody();
  await host.signIn('teacher@demo.terakoya.school', 'terakoya-demo');
  const { data } = await host.ask<{ createMeeting: { id: string } }>(
    'mutation Create($input: CreateMeetingInput!) { createMeeting(input: $input) { id } }',
    { input: { title: 'Photosynthesis', policy: { hasWaitingRoom: false } } },
  );
  meetingId = data.createMeeting.id;
  accounts['Demo Teacher'] = await signedIn('signIn', 'SignInInput', {
    email: 'teacher@demo.terakoya.school',
    password: 'terakoya-demo',
  });
  for (const displayName of ['Aoi', 'Ren']) {
    const email = `${displayName}-${process.pid}@example.org`;
    accounts[displayName] = await signedIn('signUp', 'SignUpInput', { displayName, email, password: 'long enough 8' });
  }
}, 1_800_000);
afterAll(async () => {
  await people?.close();
  await under.close();
  await turn?.close();
});

async function signedIn(mutation: string, type: string, input: object): Promise<Account> {
  const nobody = await under.nobody();
  const { data } = await nobody.ask<Record<string, Account>>(
    `mutation In($input: ${type}!) { ${mutation}(input: $input) { accessToken accessTokenExpiresAt refreshToken } }`,
    { input },
  );
  return data[mutation] as Account; // as the mutation was named
}

const account = (name: string): Account => accounts[name] as Account; // made before all tests

/** More of it is decoded than before. */
async function growing(receiver: Person, sender: string, source: Source): Promise<void> {
  const before = await receiver.decoded(sender, source);
  await eventually(async () => {
    const now = await receiver.decoded(sender, source);
    if (source === 'MICROPHONE') expect(now.energy).toBeGreaterThan(before.energy + SILENCE);
    else expect(now.frames).toBeGreaterThan(before.frames + 5);
  }, within);
}

async function silent(receiver: Person, sender: string): Promise<void> {
  let last = await receiver.decoded(sender, 'MICROPHONE');
  await eventually(
    async () => {
      const now = await receiver.decoded(sender, 'MICROPHONE');
      const growth = now.energy - last.energy;
      last = now;
      expect(growth).toBeLessThan(SILENCE);
    },
    { ...within, everyMs: 1_000 },
  );
}

async function allSeeAndHearAllOthers(): Promise<void> {
  await Promise.all(
    everybody.flatMap((receiver) =>
      everybody
        .filter((sender) => sender !== receiver)
        .flatMap(({ name }) => [growing(receiver, name, 'CAMERA'), growing(receiver, name, 'MICROPHONE')]),
    ),
  );
}

test('three people join in at most four requests each, and each really sees and hears the others', async () => {
  if (!people) return;
  teacher = await people.join('Demo Teacher', account('Demo Teacher'), meetingId);
  aoi = await people.join('Aoi', account('Aoi'), meetingId);
  ren = await people.join('Ren', account('Ren'), meetingId, turn ? 'relay' : 'all');
  everybody = [teacher, aoi, ren];
  for (const person of everybody) {
    const { phase, joinRequests, problem } = await person.seen();
    expect({ who: person.name, phase, problem }).toEqual({
      who: person.name,
      phase: { name: 'PRESENT' },
      problem: null,
    });
    expect(joinRequests).toBeLessThanOrEqual(4);
    process.stderr.write(`  ${person.name} joined in ${joinRequests} requests\n`);
  }
  await allSeeAndHearAllOthers();
});

test('one of them is connected through the TURN server alone', async () => {
  if (!people || !turn) return;
  await eventually(async () => expect(await ren.ways()).toEqual(['relay', 'relay']), within);
  await growing(teacher, 'Ren', 'CAMERA');
  await growing(ren, 'Demo Teacher', 'CAMERA');
});

test('a camera comes in the size in which it is shown', async () => {
  if (!people) return;
  const width = async (): Promise<number> => (await aoi.decoded('Demo Teacher', 'CAMERA')).width;
  const track = await aoi.trackOf('Demo Teacher', 'CAMERA');
  for (const [height, expected] of [
    [100, 160],
    [360, 320],
    [90, 160],
  ] as const) {
    await aoi.does('setTileHeight', track, height);
    await eventually(async () => expect(await width()).toBe(expected), within);
  }
  await aoi.does('setTileHeight', track, 0);
  await eventually(
    async () => {
      const { frames } = await aoi.decoded('Demo Teacher', 'CAMERA');
      await growingNoMore(aoi, 'Demo Teacher', frames);
    },
    { ...within, everyMs: 500 },
  );
  await aoi.does('setTileHeight', track, 1_000);
  await growing(aoi, 'Demo Teacher', 'CAMERA');
});

async function growingNoMore(receiver: Person, sender: string, frames: number): Promise<void> {
  const before = Date.now();
  await eventually(() => expect(Date.now() - before).toBeGreaterThan(1_000), within); // a second of stillness
  expect((await receiver.decoded(sender, 'CAMERA')).frames).toBe(frames);
}

test('a moderator mutes somebody, who is told, is heard no more, and opens the microphone again', async () => {
  if (!people) return;
  const { id } = await aoi.seen();
  await host.ask('mutation Mute($input: ParticipantInput!) { muteParticipant(input: $input) { id } }', {
    input: { meetingId, participantId: id },
  });
  await eventually(async () => expect((await aoi.seen()).local['MICROPHONE']).toBe(true), within);
  const ofAoi = async () => (await teacher.seen()).people.find(({ name }) => name === 'Aoi')?.tracks[0];
  await eventually(async () => expect(await ofAoi()).toMatchObject({ source: 'MICROPHONE', isPaused: true }), within);
  await Promise.all([silent(teacher, 'Aoi'), silent(ren, 'Aoi')]);
  await growing(teacher, 'Ren', 'MICROPHONE');

  await aoi.does('setMicrophone', true);
  await growing(teacher, 'Aoi', 'MICROPHONE');
  await growing(ren, 'Aoi', 'MICROPHONE');
});

test('a shared screen is seen by the others until it is shared no more; a raised hand as well', async () => {
  if (!people) return;
  await teacher.does('shareScreen');
  expect((await teacher.seen()).problem).toBeNull();
  await Promise.all([growing(aoi, 'Demo Teacher', 'SCREEN'), growing(ren, 'Demo Teacher', 'SCREEN')]);
  await teacher.does('stopScreen');
  await eventually(async () => expect(await aoi.trackOf('Demo Teacher', 'SCREEN')).toBeUndefined(), within);

  await ren.does('raiseHand', true);
  await eventually(async () => expect(await handsSeenBy(teacher)).toEqual(['Ren']), within);
  await eventually(async () => expect(await handsSeenBy(aoi)).toEqual(['Ren']), within);
});

const handsSeenBy = async (person: Person): Promise<string[]> =>
  (await person.seen()).people.filter(({ isHandUp }) => isHandUp).map(({ name }) => name);

test('when the signalling socket breaks, media go on, and what happened meanwhile is told afterwards', async () => {
  if (!people) return;
  const tracks = (await aoi.seen()).people.flatMap((one) => one.tracks.map(({ id }) => id));
  const realtime = under.school.process('realtime');
  const killed = realtime.pid ?? 0;
  process.kill(killed, 'SIGKILL');
  await ren.does('raiseHand', false);
  await teacher.does('raiseHand', true);
  await Promise.all([growing(aoi, 'Demo Teacher', 'CAMERA'), growing(aoi, 'Ren', 'MICROPHONE')]);
  await eventually(async () => expect(await handsSeenBy(aoi)).toEqual(['Demo Teacher']), within);
  await eventually(async () => expect(await handsSeenBy(teacher)).toEqual([]), within);
  expect(realtime.pid).not.toBe(killed);
  expect((await aoi.seen()).people.flatMap((one) => one.tracks.map(({ id }) => id))).toEqual(tracks);
});

test('after the SFU is killed all see and hear each other again within ten seconds, without loading the page', async () => {
  if (!people) return;
  const before = await Promise.all(everybody.map((person) => person.seen()));
  const media = under.school.process('media');
  const began = Date.now();
  process.kill(media.pid ?? 0, 'SIGKILL');
  const isNew = async (person: Person, index: number): Promise<void> => {
    const old = new Set(before[index]?.people.flatMap((one) => one.tracks.map(({ id }) => id)));
    const { phase, people: others } = await person.seen();
    expect(phase).toEqual({ name: 'PRESENT' });
    expect(others.map((one) => one.tracks.filter((track) => !old.has(track.id) && track.isReceived).length)).toEqual([
      2, 2,
    ]);
  };
  await eventually(() => Promise.all(everybody.map(isNew)).then(() => undefined), { timeoutMs: 60_000, everyMs: 100 });
  const joined = (Date.now() - began) / 1_000;
  await allSeeAndHearAllOthers();
  const seconds = (Date.now() - began) / 1_000;
  process.stderr.write(`  all were back ${joined} s after the SFU was killed, and seen and heard after ${seconds} s\n`);
  expect(seconds).toBeLessThan(10);
});

test('somebody who is put out is told so, is gone for the others, and cannot come in again', async () => {
  if (!people) return;
  const { id } = await ren.seen();
  await host.ask('mutation Remove($input: ParticipantInput!) { removeParticipant(input: $input) { id } }', {
    input: { meetingId, participantId: id },
  });
  await eventually(
    async () => expect((await ren.seen()).phase).toMatchObject({ name: 'ENDED', reason: 'REMOVED' }),
    within,
  );
  for (const person of [teacher, aoi]) {
    await eventually(async () => expect((await person.seen()).people).toHaveLength(1), within);
  }
  await growing(teacher, 'Aoi', 'CAMERA');
  const again = await people.join('Ren', account('Ren'), meetingId);
  expect((await again.seen()).phase).toMatchObject({ name: 'ENDED', reason: 'REFUSED' });
});
