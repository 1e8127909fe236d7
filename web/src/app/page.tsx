'use client';

import { useState } from 'react';

import { Desk } from '../components/desk';
import { SignIn } from '../components/sign-in';
import { SchoolClient } from '../school/client';
import { graphqlUrl } from '../school/config';

/** The first page of the school: sign in, then drop a document and watch it being read. */
export default function Home() {
  const [client] = useState(() => new SchoolClient(graphqlUrl));
  const [name, setName] = useState<string | null>(null);
  return (
    <main>
      <header>
        <h1>
          Terakoya <span lang="ja">寺子屋</span>
        </h1>
        {name === null ? null : <p className="who">Signed in as {name}</p>}
      </header>
      {name === null ? <SignIn client={client} onSignedIn={setName} /> : <Desk client={client} />}
    </main>
  );
}
