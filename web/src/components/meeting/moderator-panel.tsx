'use client';

import { useState } from 'react';

import type { MeetingState } from '../../meeting/meeting-state';
import type { Moderation } from '../../meeting/moderation';

/** Who waits, whose hands are up, and the meeting as a whole; for moderators. */
export function ModeratorPanel({
  state,
  moderation,
}: {
  readonly state: MeetingState;
  readonly moderation: Moderation;
}) {
  const [error, setError] = useState<string | null>(null);
  const run = (work: Promise<unknown>): void =>
    void work.then(
      () => setError(null),
      (failure: unknown) => setError(failure instanceof Error ? failure.message : String(failure)),
    );
  const isLocked = state.meeting?.isLocked ?? false;
  const isRecorded = Boolean(state.meeting?.recording);
  return (
    <aside className="card" aria-label="Moderation">
      {[...state.waiting.values()].map(({ id, user }) => (
        <p key={id} className="waiting">
          {user.displayName} waits to be let in.{' '}
          <button type="button" onClick={() => run(moderation.admit(id))}>
            Let in
          </button>{' '}
          <button type="button" onClick={() => run(moderation.deny(id))}>
            Turn away
          </button>
        </p>
      ))}
      <button type="button" aria-pressed={isLocked} onClick={() => run(moderation.setLocked(!isLocked))}>
        Lock the meeting
      </button>{' '}
      <button
        type="button"
        aria-pressed={isRecorded}
        onClick={() => run(isRecorded ? moderation.stopRecording() : moderation.startRecording())}
      >
        Record
      </button>{' '}
      <button type="button" onClick={() => run(moderation.end())}>
        End for everybody
      </button>
      {error === null ? null : <p role="alert">{error}</p>}
    </aside>
  );
}
