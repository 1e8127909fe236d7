import { asViewer, eventually } from '@terakoya/common/testkit';

import { opus, vp8Simulcast } from '../../media/tests/tracks';
import { type Classroom, type Person, openClassroom } from './open-classroom';

jest.setTimeout(120_000);
let room: Classroom;
beforeAll(async () => {
  room = await openClassroom({ TURN_SERVER: 'turn.school.example', TURN_SECRET: 'a-secret-of-coturn' });
  await room.openNode();
}, 1_800_000); // where the worker has to be built first
afterAll(() => room.close());

const PRODUCE = `mutation ($input: ProduceInput!) { produce(input: $input) { id kind source isPaused } }`;
const CONSUME = `mutation ($input: ConsumeInput!) { consume(input: $input) {
  consumers { consumerId producerId kind rtpParameters track { id source } } refused { trackId code } } }`;

const produce = (who: Person, session: Session, source: string, rtpParameters: object) =>
  who.ask(room.base, PRODUCE, {
    input: { ticket: session.ticket, transportId: session.sendTransport.transportId, source, rtpParameters },
  });
const consume = (who: Person, session: Session, trackIds: readonly string[]) =>
  who.ask(room.base, CONSUME, {
    input: {
      ticket: session.ticket,
      transportId: session.receiveTransport.transportId,
      trackIds,
      rtpCapabilities: session.routerRtpCapabilities,
    },
  });
interface Session {
  readonly ticket: string;
  readonly routerRtpCapabilities: object;
  readonly sendTransport: { readonly transportId: string };
  readonly receiveTransport: { readonly transportId: string };
}

/** A teacher and a pupil in one meeting. */
async function lesson(policy?: string) {
  const [teacher, pupil] = [asViewer('TEACHER'), asViewer('STUDENT')];
  const id = await room.createMeeting(teacher, policy);
  const ofTeacher = await room.joinWithMedia(teacher, id);
  const ofPupil = await room.joinWithMedia(pupil, id);
  return { id, teacher, pupil, ofTeacher, ofPupil };
}

test('a join gives everything to send and receive with, and TURN credentials', async () => {
  const { ofPupil } = await lesson();
  expect(ofPupil).toMatchObject({
    participant: { state: 'PRESENT', role: 'ATTENDEE', permissions: { maySpeak: true, mayModerate: false } },
    meeting: { title: 'Lesson', participantCount: 2 },
    mode: 'NODE',
    session: { sendTransport: { iceCandidates: [{ protocol: 'udp' }, { protocol: 'tcp' }] } },
  });
  const [server] = ofPupil.iceServers;
  expect(server.urls).toContain('turns:turn.school.example:443?transport=tcp');
  expect(server.username).toMatch(/^\d+:/);
});

test('what one sends, the others receive; pausing, resuming and ending is told in order', async () => {
  const { id, teacher, pupil, ofTeacher, ofPupil } = await lesson();
  const sent = (await produce(teacher, ofTeacher.session, 'CAMERA', vp8Simulcast())).data.produce;
  expect(sent).toMatchObject({ kind: 'VIDEO', source: 'CAMERA', isPaused: false });
  const { consumers, refused } = (await consume(pupil, ofPupil.session, [sent.id])).data.consume;
  expect(refused).toEqual([]);
  expect(consumers).toMatchObject([{ kind: 'VIDEO', track: { id: sent.id, source: 'CAMERA' } }]);

  const pause = `mutation ($input: SetTrackPausedInput!) { setTrackPaused(input: $input) { isPaused } }`;
  const { ticket } = ofTeacher.session;
  for (const isPaused of [true, true, false]) {
    const { data } = await teacher.ask(room.base, pause, { input: { ticket, trackId: sent.id, isPaused } });
    expect(data.setTrackPaused).toEqual({ isPaused });
  }
  const tile = { consumerId: consumers[0].consumerId, height: 120 };
  const show = 'mutation ($input: ShowTilesInput!) { showTiles(input: $input) }';
  const shown = await pupil.ask(room.base, show, { input: { ticket: ofPupil.session.ticket, tiles: [tile] } });
  expect(shown.data).toEqual({ showTiles: true });
  const end = 'mutation ($input: TrackInput!) { closeTrack(input: $input) }';
  expect((await teacher.ask(room.base, end, { input: { ticket, trackId: sent.id } })).data.closeTrack).toBe(true);
  await eventually(async () => {
    const kinds = (await room.told(id)).map(({ kind }) => kind).filter((kind) => kind.startsWith('TRACK'));
    expect(kinds).toEqual(['TRACK_STARTED', 'TRACK_PAUSED', 'TRACK_RESUMED', 'TRACK_ENDED']);
  });
});

test('who may not send does not, also later', async () => {
  const { id, teacher, pupil, ofPupil } = await lesson();
  const share = await produce(pupil, ofPupil.session, 'SCREEN', vp8Simulcast());
  expect(share.code).toBe('FORBIDDEN');
  const voice = (await produce(pupil, ofPupil.session, 'MICROPHONE', opus())).data.produce;
  const silence = `mutation ($id: ID!) { updateMeeting(input: { meetingId: $id, policy: { attendeesMaySpeak: false } }) { policy { attendeesMaySpeak } } }`;
  expect((await teacher.ask(room.base, silence, { id })).errors).toEqual([]);
  const resume = `mutation ($input: SetTrackPausedInput!) { setTrackPaused(input: $input) { isPaused } }`;
  const input = { ticket: ofPupil.session.ticket, trackId: voice.id, isPaused: false };
  expect((await pupil.ask(room.base, resume, { input })).code).toBe('FORBIDDEN');
  const { data } = await pupil.ask(room.base, 'query ($id: ID!) { meeting(id: $id) { me { tracks { isPaused } } } }', {
    id,
  });
  expect(data.meeting.me.tracks).toEqual([{ isPaused: true }]);
  expect((await room.told(id)).map(({ kind }) => kind)).toContain('MUTED');
});

test('nothing of another room is to be had with a ticket, nor anything with the ticket of another', async () => {
  const [one, other] = [await lesson(), await lesson()];
  const sent = (await produce(one.teacher, one.ofTeacher.session, 'MICROPHONE', opus())).data.produce;
  const { data } = await consume(other.pupil, other.ofPupil.session, [sent.id]);
  expect(data.consume).toEqual({ consumers: [], refused: [{ trackId: sent.id, code: 'NOT_FOUND' }] });

  expect((await produce(other.pupil, one.ofPupil.session, 'MICROPHONE', opus())).code).toBe('TICKET_INVALID');
  const [body = '', signature = ''] = one.ofPupil.session.ticket.split('.');
  const told = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const forged = Buffer.from(JSON.stringify({ ...told, meetingId: other.id })).toString('base64url');
  const elsewhere = { ...one.ofPupil.session, ticket: `${forged}.${signature}` };
  expect((await produce(one.pupil, elsewhere, 'MICROPHONE', opus())).code).toBe('TICKET_INVALID');
  const crossed = { ...one.ofPupil.session, sendTransport: one.ofTeacher.session.sendTransport };
  expect((await produce(one.pupil, crossed, 'MICROPHONE', opus())).code).toBe('NOT_FOUND');
});

test('parameters that are too large or mean nothing are refused by name', async () => {
  const { pupil, ofPupil } = await lesson();
  const large = { ...opus(), encodings: Array.from({ length: 1_000 }, () => ({ ssrc: 1 })) };
  const refused = await produce(pupil, ofPupil.session, 'MICROPHONE', large);
  expect(refused.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'rtpParameters.encodings' });
  expect((await produce(pupil, ofPupil.session, 'MICROPHONE', { codecs: [] })).errors[0].extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'rtpParameters.codecs',
  });
  expect((await produce(pupil, ofPupil.session, 'MICROPHONE', [] as never)).code).toBe('BAD_USER_INPUT'); // no object
});

test('coming again replaces the session; who was put out has none', async () => {
  const { id, teacher, pupil, ofPupil } = await lesson();
  const again = await room.joinWithMedia(pupil, id);
  expect(again.participant.id).toBe(ofPupil.participant.id);
  expect((await produce(pupil, ofPupil.session, 'MICROPHONE', opus())).code).toBe('TICKET_INVALID');
  expect((await produce(pupil, again.session, 'MICROPHONE', opus())).errors).toEqual([]);

  const remove = `mutation ($m: ID!, $p: ID!) { removeParticipant(input: { meetingId: $m, participantId: $p }) { state } }`;
  const removed = await teacher.ask(room.base, remove, { m: id, p: ofPupil.participant.id });
  expect(removed.data.removeParticipant).toEqual({ state: 'REMOVED' });
  expect((await produce(pupil, again.session, 'MICROPHONE', opus())).code).toBe('TICKET_INVALID');
  expect((await room.join(pupil, id)).code).toBe('FORBIDDEN');
  const back = `mutation ($m: ID!, $p: ID!) { admitParticipant(input: { meetingId: $m, participantId: $p }) { state } }`;
  await teacher.ask(room.base, back, { m: id, p: ofPupil.participant.id });
  await room.joinWithMedia(pupil, id);
});

test('a window that closes leaves its own session, not the one that was opened after it', async () => {
  const { id, pupil, teacher, ofPupil } = await lesson();
  const again = await room.joinWithMedia(pupil, id);
  const leave = (who: Person, ticket: string) =>
    who.ask(room.base, 'mutation ($id: ID!, $t: String) { leaveMeeting(input: { meetingId: $id }, ticket: $t) }', {
      id,
      t: ticket,
    });
  const state = async () =>
    (await pupil.ask(room.base, 'query ($id: ID!) { meeting(id: $id) { me { state } } }', { id })).data.meeting.me
      .state;
  expect((await leave(teacher, ofPupil.session.ticket)).code).toBe('TICKET_INVALID');
  expect((await leave(pupil, ofPupil.session.ticket)).errors).toEqual([]);
  expect(await state()).toBe('PRESENT');
  expect((await leave(pupil, again.session.ticket)).errors).toEqual([]);
  const left = async () => (await room.told(id)).filter(({ kind }) => kind === 'PARTICIPANT_LEFT');
  await eventually(async () => expect(await left()).toHaveLength(1));
});

test('a crowd at the door disturbs nobody inside: 1,000 joins as fast as ten users can', async () => {
  const { id, teacher, ofTeacher } = await lesson();
  const codes: string[] = [];
  const knock = async (person: Person): Promise<void> => {
    for (let turn = 0; turn < 100; turn += 1) codes.push((await room.join(person, id)).code ?? 'OK');
  };
  const crowd = Promise.all(Array.from({ length: 10 }, () => knock(asViewer('STUDENT'))));
  const inside = await produce(teacher, ofTeacher.session, 'MICROPHONE', opus());
  expect(inside.errors).toEqual([]);
  await crowd;
  const count = (code: string): number => codes.filter((one) => one === code).length;
  expect(count('OK') + count('RATE_LIMITED')).toBe(1_000);
  expect(count('RATE_LIMITED')).toBeGreaterThan(500);
  const { data } = await teacher.ask(room.base, 'query ($id: ID!) { meeting(id: $id) { participantCount } }', { id });
  expect(data.meeting.participantCount).toBe(12);
});
