'use client';

import { Desk } from '../components/desk';
import { Meetings } from '../components/meeting/meetings';
import { SchoolPage } from '../components/school';

/** The first page of the school: sign in, drop a document and watch it being read, or meet. */
export default function Home() {
  return (
    <SchoolPage>
      {(client) => (
        <>
          <Desk client={client} />
          <Meetings client={client} />
        </>
      )}
    </SchoolPage>
  );
}
