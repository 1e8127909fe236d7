'use client';

import { useEffect, useState } from 'react';

import type { LoadRecordingsQuery } from '../../generated/graphql';
import { loadRecordings } from '../../meeting/recording.documents';
import type { SchoolClient } from '../../school/client';

type Recording = NonNullable<LoadRecordingsQuery['meeting']>['recordings']['edges'][number]['node'];

/** How often it is asked while a film is on its way. */
const ASK_MS = 3_000;
const ON_THEIR_WAY: ReadonlySet<Recording['state']> = new Set(['RECORDING', 'STOPPED', 'COMPOSING']);

/** The latest recordings of a meeting: how far each is, and the film when it is there; nothing where there are none. */
export function Recordings({ client, meetingId }: { readonly client: SchoolClient; readonly meetingId: string }) {
  const recordings = useRecordings(client, meetingId);
  if (recordings.length === 0) return null;
  return (
    <section className="card" aria-label="Recordings">
      <h2>Recordings</h2>
      <ul>
        {recordings.map((one) => (
          <li key={one.id}>
            {new Date(one.startedAt).toLocaleString()} · <Film recording={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Film({ recording: { state, url, durationSeconds, error } }: { readonly recording: Recording }) {
  switch (state) {
    case 'RECORDING':
      return 'it is running';
    case 'STOPPED':
      return 'its last seconds are being stored …';
    case 'COMPOSING':
      return 'the film is being made …';
    case 'READY':
      return url === null ? 'the film cannot be reached just now' : <a href={url}>watch {lengthOf(durationSeconds)}</a>;
    case 'FAILED':
      return `there is no film: ${error?.message ?? ''}`;
    case 'EXPIRED':
      return 'it has been removed';
  }
}

function lengthOf(seconds: number | null): string {
  if (seconds === null) return '';
  return `(${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')})`;
}

/** Asks for them, and again as long as one is on its way or there was no answer, which leaves what is known. */
function useRecordings(client: SchoolClient, meetingId: string): readonly Recording[] {
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const load = async (): Promise<void> => {
      const answer = await client.ask(loadRecordings, { meetingId }).catch(() => null);
      if (isOver) return;
      const found = answer?.meeting?.recordings.edges.map(({ node }) => node);
      if (found) setRecordings(found);
      if (!answer || found?.some(({ state }) => ON_THEIR_WAY.has(state))) timer = setTimeout(() => void load(), ASK_MS);
    };
    void load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, meetingId]);
  return recordings;
}
