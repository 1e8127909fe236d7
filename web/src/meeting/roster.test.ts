import { type MeetingState, NO_MEETING, type Participant } from './meeting-state';
import { type MeetingChange, tracksOfOthers, withChange, withMeeting } from './roster';

const meeting = { id: 'm', title: 'Biology', isLocked: false, endedAt: null, spotlight: null, recording: null };
const participant = (id: string, more: Partial<Participant> = {}): Participant => ({
  id,
  user: { id: `user ${id}`, displayName: id },
  role: 'ATTENDEE',
  state: 'PRESENT',
  handRaisedAt: null,
  permissions: null,
  tracks: [{ id: `camera of ${id}`, kind: 'VIDEO', source: 'CAMERA', isPaused: false }],
  ...more,
});
const change = (kind: MeetingChange['kind'], about: Participant | null, text: string | null = null): MeetingChange => ({
  kind,
  cursor: 'c',
  meeting,
  participant: about,
  track: null,
  text,
});
const joined: MeetingState = withMeeting(NO_MEETING, meeting, participant('me'), [participant('aoi')]);
const names = (state: MeetingState): string[] => [...state.participants.keys()].sort();

test('whoever joins is among those present with what others send', () => {
  expect(names(joined)).toEqual(['aoi', 'me']);
  expect(tracksOfOthers(joined).map(({ id }) => id)).toEqual(['camera of aoi']);
});

test.each<[MeetingChange['kind'], Participant, string[], string[]]>([
  ['PARTICIPANT_JOINED', participant('ren'), ['aoi', 'me', 'ren'], []],
  ['PARTICIPANT_LEFT', participant('aoi', { state: 'REMOVED', tracks: [] }), ['me'], []],
  ['PARTICIPANT_WAITING', participant('ren', { state: 'WAITING' }), ['aoi', 'me'], ['ren']],
  ['TRACK_ENDED', participant('aoi', { tracks: [] }), ['aoi', 'me'], []],
])(
  '%s puts somebody where they are now, and hearing of it twice is hearing of it once',
  (kind, about, there, waits) => {
    const once = withChange(joined, change(kind, about), 0);
    const twice = withChange(once, change(kind, about), 0);
    for (const state of [once, twice]) {
      expect(names(state)).toEqual(there);
      expect([...state.waiting.keys()]).toEqual(waits);
    }
  },
);

test('one who waited is no longer waiting when they come in', () => {
  const waiting = withChange(joined, change('PARTICIPANT_WAITING', participant('ren', { state: 'WAITING' })), 0);
  const came = withChange(waiting, change('PARTICIPANT_JOINED', participant('ren')), 0);
  expect([came.waiting.size, came.participants.has('ren')]).toEqual([0, true]);
});

test('the speaker is who speaks, until nobody does or they leave', () => {
  const speaks = withChange(joined, change('ACTIVE_SPEAKER', participant('aoi')), 0);
  expect(speaks.speakerId).toBe('aoi');
  expect(withChange(speaks, change('ACTIVE_SPEAKER', null), 0).speakerId).toBeNull();
  const left = change('PARTICIPANT_LEFT', participant('aoi', { state: 'LEFT' }));
  expect(withChange(speaks, left, 0).speakerId).toBeNull();
});

test('what is said of oneself is known of oneself', () => {
  const raised = participant('me', { handRaisedAt: '2026-11-25T10:00:00Z' });
  expect(withChange(joined, change('PARTICIPANT_UPDATED', raised), 0).me).toBe(raised);
});

test('an emoji is shown with who showed it', () => {
  const { reaction } = withChange(joined, change('REACTION', participant('aoi'), '👏'), 42);
  expect(reaction).toEqual({ participantId: 'aoi', emoji: '👏', at: 42 });
});
