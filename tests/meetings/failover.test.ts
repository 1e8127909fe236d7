import { parseId } from '@terakoya/common/global-ids';
import { asViewer, eventually } from '@terakoya/common/testkit';

import { type Classroom, openClassroom } from './open-classroom';

jest.setTimeout(60_000);
let room: Classroom;
beforeEach(async () => {
  room = await openClassroom();
}, 1_800_000); // where the worker has to be built first
afterEach(() => room.close());

const kindsOf = async (id: string) => (await room.told(id)).map(({ kind }) => kind);

test('without a media node one is in the meeting all the same, and gets a session when one comes', async () => {
  const teacher = asViewer('TEACHER');
  const id = await room.createMeeting(teacher);
  const { data } = await room.join(teacher, id);
  expect(data.joinMeeting).toMatchObject({ participant: { state: 'PRESENT' }, session: null });
  await room.openNode();
  await room.joinWithMedia(teacher, id);
});

test('a node that drains sends those on it to another', async () => {
  const teacher = asViewer('TEACHER');
  const id = await room.createMeeting(teacher);
  const first = await room.openNode();
  const before = await room.joinWithMedia(teacher, id);
  await room.openNode();
  await first.close();
  await eventually(async () => expect(await kindsOf(id)).toContain('MEDIA_MOVED'));
  const refused = await teacher.ask(
    room.base,
    'mutation ($input: TransportInput!) { restartIce(input: $input) { iceParameters } }',
    { input: { ticket: before.session.ticket, transportId: before.session.sendTransport.transportId } },
  );
  expect(refused.code).toBe('MEDIA_MOVED');
  const after = await room.joinWithMedia(teacher, id);
  expect(after.participant.id).toBe(before.participant.id);
  expect(after.session.sendTransport.iceCandidates).not.toEqual(before.session.sendTransport.iceCandidates);
});

test('who joins and never connects is gone for the others after a while, unless they say that they are there', async () => {
  await room.openNode({ MEDIA_PEER_IDLE_SECONDS: '2' });
  const [teacher, pupil] = [asViewer('TEACHER'), asViewer('STUDENT')];
  const id = await room.createMeeting(teacher);
  const { session, participant } = await room.joinWithMedia(teacher, id);
  const { participant: gone } = await room.joinWithMedia(pupil, id);
  const stay = 'mutation ($t: String!) { showTiles(input: { ticket: $t, tiles: [] }) }';
  await eventually(
    async () => {
      expect((await teacher.ask(room.base, stay, { t: session.ticket })).errors).toEqual([]);
      expect(await leftOf(id)).toEqual([parseId(gone.id)?.key]);
    },
    { everyMs: 200 },
  );
  const { data } = await teacher.ask(room.base, 'query ($id: ID!) { meeting(id: $id) { me { id state } } }', { id });
  expect(data.meeting.me).toEqual({ id: participant.id, state: 'PRESENT' });
});

const leftOf = async (id: string) =>
  (await room.told(id)).filter(({ kind }) => kind === 'PARTICIPANT_LEFT').map(({ participantId }) => participantId);
