import { randomUUID as uuid } from 'node:crypto';

import { type EventContract, meetingChanged, participantChanged } from '@terakoya/common/contracts';
import { type NodeName, encodeId } from '@terakoya/common/global-ids';
import { eventually } from '@terakoya/common/testkit';

import { type Realtime, connectAs, idOf, listen, openRealtime } from './open-realtime';

let realtime: Realtime;
beforeAll(async () => {
  realtime = await openRealtime();
});
afterAll(() => realtime.close());

const tell = (contract: EventContract, aggregateId: string, payload: Record<string, unknown>) =>
  realtime.log.append([
    {
      id: uuid(),
      name: contract.name,
      domain: contract.domain,
      aggregateId,
      payload,
      traceparent: null,
      occurredAt: Date.now(),
      isReplayed: false,
    },
  ]);
const of = (type: NodeName, key: string) => {
  const id = encodeId(type, key);
  return { id, name: `the ${id}` };
};

/** Hears what is told of a key; tells `first` until it has come, so that nothing is told too early. */
async function hear(key: string, query: string, type: NodeName, first: () => Promise<void>) {
  realtime.world.readers.set(key, new Set([idOf('pupil')]));
  const client = connectAs(realtime, 'pupil');
  const heard = listen(client, query, { id: encodeId(type, key) });
  await eventually(
    async () => {
      if (heard.results.length === 0) await first();
      expect(heard.results.length).toBeGreaterThan(0);
    },
    { everyMs: 200 },
  );
  return { heard, close: () => client.dispose() };
}

test('what happens in a meeting comes with all that it is about', async () => {
  const meetingId = uuid();
  const [participantId, messageId, pollId, captionId] = [uuid(), uuid(), uuid(), uuid()];
  const strokeIds = [uuid(), uuid()];
  const named = '{ id name }';
  const query = `subscription ($id: ID!) { meetingChanged(id: $id) { kind text language meeting ${named}
    participant ${named} message ${named} poll ${named} caption ${named} strokes ${named} } }`;
  const change = (kind: string, more: object = {}) => tell(meetingChanged, meetingId, { meetingId, kind, ...more });
  const { heard, close } = await hear(meetingId, query, 'Meeting', () => change('MEETING_UPDATED'));
  await change('MESSAGE_SENT', { participantId, messageId });
  await change('POLL_OPENED', { pollId });
  await change('WHITEBOARD_CHANGED', { participantId, strokeIds });
  await change('WHITEBOARD_CHANGED', { participantId });
  await change('CAPTION', { participantId, captionId, text: 'こんにちは', language: 'ja' });
  const kinds = () => heard.results.map(({ data }) => data?.meetingChanged.kind);
  await eventually(() => expect(kinds().at(-1)).toBe('CAPTION'));
  expect(heard.results.flatMap(({ errors = [] }) => errors)).toEqual([]);

  const nothing = {
    text: null,
    language: null,
    participant: null,
    message: null,
    poll: null,
    caption: null,
    strokes: [],
  };
  const participant = of('MeetingParticipant', participantId);
  const base = { ...nothing, meeting: of('Meeting', meetingId) };
  const changes = heard.results.map(({ data }) => data.meetingChanged);
  expect(changes.filter(({ kind }) => kind !== 'MEETING_UPDATED')).toEqual([
    { ...base, kind: 'MESSAGE_SENT', participant, message: of('MeetingMessage', messageId) },
    { ...base, kind: 'POLL_OPENED', poll: of('MeetingPoll', pollId) },
    { ...base, kind: 'WHITEBOARD_CHANGED', participant, strokes: strokeIds.map((id) => of('WhiteboardStroke', id)) },
    { ...base, kind: 'WHITEBOARD_CHANGED', participant },
    {
      ...base,
      kind: 'CAPTION',
      participant,
      text: 'こんにちは',
      language: 'ja',
      caption: of('MeetingCaption', captionId),
    },
  ]);
  await close();
});

test('a participant hears where to go', async () => {
  const [participantId, meetingId, targetId] = [uuid(), uuid(), uuid()];
  const query =
    'subscription ($id: ID!) { participantChanged(id: $id) { kind target { id name } from { id } signal } }';
  const change = (kind: string, more: object = {}) =>
    tell(participantChanged, meetingId, { participantId, meetingId, userId: idOf('pupil'), kind, ...more });
  const { heard, close } = await hear(participantId, query, 'MeetingParticipant', () => change('UNMUTE_ASKED'));
  const fromId = uuid();
  await change('SIGNAL', { fromId, signal: '{"candidate":null}' });
  await change('BREAKOUT_ASSIGNED', { targetId });
  await eventually(() =>
    expect(heard.results.at(-1)).toMatchObject({
      data: { participantChanged: { kind: 'BREAKOUT_ASSIGNED', target: of('Meeting', targetId) } },
    }),
  );
  expect(heard.results[0]).toMatchObject({ data: { participantChanged: { kind: 'UNMUTE_ASKED', target: null } } });
  expect(heard.results.at(-2)).toMatchObject({
    data: {
      participantChanged: {
        kind: 'SIGNAL',
        from: { id: `MeetingParticipant_${fromId}` },
        signal: '{"candidate":null}',
      },
    },
  });
  await close();
});
