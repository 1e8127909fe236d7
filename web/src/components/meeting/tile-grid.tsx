'use client';

import type { MeetingSession } from '../../meeting/meeting-session';
import type { MeetingState, Participant } from '../../meeting/meeting-state';
import type { Moderation } from '../../meeting/moderation';
import { Picture, Sound } from './playing';

interface GridProps {
  readonly session: MeetingSession;
  readonly state: MeetingState;
  readonly moderation: Moderation;
}

/** Everybody in the meeting: shared screens first, and whoever speaks stands out. */
export function TileGrid({ session, state, moderation }: GridProps) {
  const people = [...state.participants.values()];
  return (
    <ul className="tiles" aria-label="Participants">
      {people.map((one) => (
        <Screen key={`${one.id} screen`} participant={one} session={session} state={state} />
      ))}
      {people.map((one) => (
        <Person key={one.id} participant={one} session={session} state={state} moderation={moderation} />
      ))}
    </ul>
  );
}

interface TileProps {
  readonly participant: Participant;
  readonly session: MeetingSession;
  readonly state: MeetingState;
}

function Screen({ participant, session, state }: TileProps) {
  const { user, tracks } = participant;
  const track = tracks.find(({ source }) => source === 'SCREEN');
  if (!track || participant.id === state.me?.id) return null;
  return (
    <li className="tile screen">
      <Picture
        label={`Screen of ${user.displayName}`}
        stream={state.streams.get(track.id)}
        onHeight={(height) => session.setTileHeight(track.id, height)}
      />
      <span className="name">{user.displayName} shares a screen</span>
    </li>
  );
}

function Person({ participant, session, state, moderation }: TileProps & { readonly moderation: Moderation }) {
  const { id, user, tracks, handRaisedAt } = participant;
  const isMe = id === state.me?.id;
  const camera = tracks.find(({ source, isPaused }) => source === 'CAMERA' && !isPaused);
  const voice = tracks.find(({ source }) => source === 'MICROPHONE');
  const isMuted = isMe ? state.local.MICROPHONE.isPaused !== false : (voice?.isPaused ?? true);
  const { reaction, speakerId } = state;
  return (
    <li className={`tile${speakerId === id ? ' speaking' : ''}`}>
      <Picture
        label={`Camera of ${user.displayName}`}
        stream={isMe ? (state.local.CAMERA.stream ?? undefined) : camera && state.streams.get(camera.id)}
        onHeight={(height) => (isMe || !camera ? undefined : session.setTileHeight(camera.id, height))}
      />
      {isMe ? null : <Sounds participant={participant} state={state} />}
      <span className="name">
        {user.displayName}
        {isMe ? ' (you)' : ''}
        {isMuted ? ' · muted' : ''}
        {handRaisedAt === null ? '' : ' · ✋ hand raised'}
        {reaction?.participantId === id ? ` ${reaction.emoji}` : ''}
      </span>
      {state.me?.permissions?.mayModerate && !isMe ? (
        <Actions participant={participant} moderation={moderation} />
      ) : null}
    </li>
  );
}

function Sounds({ participant, state }: { readonly participant: Participant; readonly state: MeetingState }) {
  return participant.tracks
    .filter(({ kind }) => kind === 'AUDIO')
    .map(({ id }) => <Sound key={id} stream={state.streams.get(id)} />);
}

function Actions({ participant, moderation }: { readonly participant: Participant; readonly moderation: Moderation }) {
  const { id, user, handRaisedAt } = participant;
  const say = (action: string): string => `${action} ${user.displayName}`;
  const run = (work: Promise<unknown>): void => void work.catch(() => undefined); // they have just gone by themselves
  return (
    <span className="actions">
      <button type="button" aria-label={say('Mute')} onClick={() => run(moderation.mute(id))}>
        Mute
      </button>
      <button type="button" aria-label={say('Ask to unmute')} onClick={() => run(moderation.askToUnmute(id))}>
        Ask to speak
      </button>
      {handRaisedAt === null ? null : (
        <button type="button" aria-label={say('Lower the hand of')} onClick={() => run(moderation.lowerHand(id))}>
          Lower hand
        </button>
      )}
      <button type="button" aria-label={say('Put out')} onClick={() => run(moderation.remove(id))}>
        Put out
      </button>
    </span>
  );
}
