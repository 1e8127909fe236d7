'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useEffect, useState } from 'react';

import type { MyMeetingsQuery } from '../../generated/graphql';
import { createMeeting, myMeetings } from '../../meeting/moderation.documents';
import type { SchoolClient } from '../../school/client';

type MeetingLine = MyMeetingsQuery['myMeetings']['edges'][number]['node'];

/** The meetings of whoever is signed in, and the way to begin one; who may begin one is the school's to say. */
export function Meetings({ client }: { readonly client: SchoolClient }) {
  const router = useRouter();
  const [meetings, setMeetings] = useState<readonly MeetingLine[]>([]);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    client.ask(myMeetings, {}).then(
      ({ myMeetings: found }) => setMeetings(found.edges.map(({ node }) => node).filter((one) => !one.endedAt)),
      (failure: unknown) => setError(failure instanceof Error ? failure.message : String(failure)),
    );
  }, [client]);

  async function begin(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const title = new FormData(event.currentTarget).get('title');
    try {
      const answer = await client.ask(createMeeting, { input: { title: typeof title === 'string' ? title : '' } });
      router.push(`/meeting/${answer.createMeeting.id}`);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  }

  return (
    <section className="card" aria-label="Meetings">
      <h2>Meetings</h2>
      <form className="begin" onSubmit={(event) => void begin(event)}>
        <input name="title" aria-label="Title of a new meeting" placeholder="Title" maxLength={200} required />
        <button>Start a meeting</button>
      </form>
      {error === null ? null : <p role="alert">{error}</p>}
      <ul>
        {meetings.map(({ id, title, participantCount }) => (
          <li key={id}>
            <Link href={`/meeting/${id}`}>{title}</Link> <small>{participantCount} present</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
