import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runCommand } from '../../common/system-tools';
import { eventually, findTestTool, freePort, temporaryFolder } from '../../common/testkit';
import { type Lesson, TEACHER, allSeeAndHearAllOthers, openLesson, secondsUntilAllAreBack } from './meeting/lesson';
import type { Person } from './meeting/people';

jest.setTimeout(240_000);

const folder = temporaryFolder();
let lesson: Lesson;
let nodes: readonly { readonly url: string; readonly process: { readonly pid: number | undefined } }[] = [];
let everybody: Person[] = [];

beforeAll(async () => {
  // A node counts as full with few consumers, so that the meeting spreads over both.
  const environment = { MEDIA_CONSUMERS_PER_ROUTER: '2', FILE_STORAGE_PORT: String(await freePort()) };
  lesson = await openLesson(['Aoi', 'Ren'], environment);
  const { school } = lesson.under;
  nodes = [{ url: await school.urlOf('media'), process: school.process('media') }, await school.startMediaNode()];
}, 1_800_000); // where the mediasoup worker has to be built first
afterAll(async () => {
  await lesson.close();
  folder.remove();
});

/** How many participants' joins each media node has seen. */
async function joinsOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, count] = /terakoya_media_commands_total\{command="join-room",code="OK"[^}]*\} (\d+)/.exec(metrics) ?? [];
  return Number(count ?? 0);
}

test('a meeting that outgrows a node spreads over two, and all see and hear each other', async () => {
  const { people, meetingId, account } = lesson;
  if (!people) return;
  for (const name of [TEACHER, 'Aoi', 'Ren']) {
    everybody = [...everybody, await people.join(name, account(name), meetingId)];
    if (everybody.length > 1) await allSeeAndHearAllOthers(everybody);
  }
  for (const { url } of nodes) expect(await joinsOf(url)).toBeGreaterThan(0);
});

const RECORDING =
  'id state startedAt stoppedAt durationSeconds url error { code message } chapters { title atSeconds }';

test('the teacher records: everybody knows of it, and the film has pictures and sound and the right length', async () => {
  const { people, host, meetingId } = lesson;
  if (!people) return;
  const ffmpeg = await findTestTool('ffmpeg');
  if (!ffmpeg) return;
  const ask = async (mutation: string) => {
    const { data } = await host.ask<Record<string, { id: string }>>(
      `mutation Record($input: MeetingInput!) { ${mutation}(input: $input) { id } }`,
      { input: { meetingId } },
    );
    return data[mutation]?.id ?? '';
  };
  const id = await ask('startRecording');
  for (const person of everybody) {
    await eventually(async () => expect((await person.seen()).isRecorded).toBe(true), { timeoutMs: 15_000 });
  }
  for (let turn = 0; turn < 3; turn += 1) await allSeeAndHearAllOthers(everybody);
  expect(await ask('stopRecording')).toBe(id);
  const film = await eventually(
    async () => {
      const { data } = await host.ask<{ node: { state: string; url: string; startedAt: string; stoppedAt: string } }>(
        `query Film($id: ID!) { node(id: $id) { ... on Recording { ${RECORDING} } } }`,
        { id },
      );
      expect(data.node).toMatchObject({ state: 'READY', error: null });
      return data.node;
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
  const file = join(folder.path, 'film.mp4');
  writeFileSync(file, Buffer.from(await (await fetch(film.url)).arrayBuffer()));
  const entries = ['-show_entries', 'format=duration:stream=codec_type', '-of', 'json'];
  const ffprobe = join(dirname(ffmpeg.command), 'ffprobe');
  const output = await runCommand(ffprobe, ['-v', 'error', ...entries, file], { env: ffmpeg.env });
  const probed = JSON.parse(output) as { streams: { codec_type: string }[]; format: { duration: string } }; // as ffprobe prints it
  expect(probed.streams.map(({ codec_type }) => codec_type).sort()).toEqual(['audio', 'video']);
  const wanted = (Date.parse(film.stoppedAt) - Date.parse(film.startedAt)) / 1_000;
  process.stderr.write(`  recorded ${wanted} s, the film has ${probed.format.duration} s\n`);
  expect(Math.abs(Number(probed.format.duration) - wanted)).toBeLessThan(0.5);
});

test('one of the nodes is killed: all see and hear each other again without loading the page', async () => {
  if (!lesson.people) return;
  const joins = await Promise.all(nodes.map(({ url }) => joinsOf(url)));
  const [fuller] = nodes.toSorted(
    (one, other) => (joins[nodes.indexOf(other)] ?? 0) - (joins[nodes.indexOf(one)] ?? 0),
  );
  const pid = fuller?.process.pid;
  const seconds = await secondsUntilAllAreBack(everybody, () => process.kill(pid ?? 0, 'SIGKILL'));
  process.stderr.write(`  all were back ${seconds} s after one of two nodes was killed\n`);
});
