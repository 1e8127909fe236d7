'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';

import { browserDevices } from '../../meeting/local-media';
import { MeetingSession } from '../../meeting/meeting-session';
import { NO_MEETING } from '../../meeting/meeting-state';
import { Moderation } from '../../meeting/moderation';
import type { SchoolClient } from '../../school/client';
import { Controls } from './controls';
import { ModeratorPanel } from './moderator-panel';
import { NetworkHint } from './network-hint';
import { Recordings } from './recordings';
import { TileGrid } from './tile-grid';

const never = () => () => undefined;
const nothing = () => NO_MEETING;

/** A meeting, from the door to the end. One comes in with a click: browsers play no sound before. */
export function MeetingRoom({ client, meetingId }: { readonly client: SchoolClient; readonly meetingId: string }) {
  const [session, setSession] = useState<MeetingSession | null>(null);
  const [moderation] = useState(() => new Moderation(client, meetingId));
  const state = useSyncExternalStore(session?.state.subscribe ?? never, session?.state.getSnapshot ?? nothing, nothing);
  useEffect(() => () => void session?.leave(), [session]);

  function join(wanted: { readonly microphone: boolean; readonly camera: boolean }): void {
    const next = new MeetingSession({ graph: client, meetingId, devices: browserDevices() });
    setSession(next);
    void next.join(wanted);
  }

  const recordings = <Recordings client={client} meetingId={meetingId} />;
  if (!session) {
    return (
      <>
        <Door label="Join the meeting" onJoin={join} />
        {recordings}
      </>
    );
  }
  const { phase, meeting, problem } = state;
  switch (phase.name) {
    case 'JOINING':
      return <p className="note">Joining …</p>;
    case 'WAITING':
      return (
        <section className="card" aria-live="polite">
          <h2>Waiting room</h2>
          <p>A moderator will let you in. You need not do anything.</p>
          <button type="button" onClick={() => void session.leave()}>
            Do not wait
          </button>
        </section>
      );
    case 'ENDED':
      return (
        <>
          <p className="card" role="status">
            {phase.message}
          </p>
          {phase.reason === 'OVER' ? null : <Door label="Join again" onJoin={join} />}
          {recordings}
        </>
      );
    case 'PRESENT':
    case 'RECONNECTING':
      return (
        <section className="meeting" aria-label="Meeting">
          <h2>{meeting?.title}</h2>
          {meeting?.recording ? <p role="status">● This meeting is being recorded.</p> : null}
          {phase.name === 'RECONNECTING' ? <p role="status">The connection was lost. Connecting again …</p> : null}
          {state.isDirect ? <p role="status">You are connected directly until a media server can be reached.</p> : null}
          <NetworkHint state={state} />
          {problem === null ? null : <p role="alert">{problem}</p>}
          <TileGrid session={session} state={state} moderation={moderation} />
          <Controls session={session} state={state} />
          {state.me?.permissions?.mayModerate ? <ModeratorPanel state={state} moderation={moderation} /> : null}
        </section>
      );
  }
}

function Door({
  label,
  onJoin,
}: {
  readonly label: string;
  readonly onJoin: (wanted: { readonly microphone: boolean; readonly camera: boolean }) => void;
}) {
  const [microphone, setMicrophone] = useState(true);
  const [camera, setCamera] = useState(true);
  return (
    <section className="card door" aria-label="Door">
      <label>
        <input type="checkbox" checked={microphone} onChange={(event) => setMicrophone(event.target.checked)} /> With
        microphone
      </label>
      <label>
        <input type="checkbox" checked={camera} onChange={(event) => setCamera(event.target.checked)} /> With camera
      </label>
      <button type="button" onClick={() => onJoin({ microphone, camera })}>
        {label}
      </button>
    </section>
  );
}
