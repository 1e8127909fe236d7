'use client';

import { type ReactNode, createContext, useContext, useMemo, useState } from 'react';

import { SchoolClient } from '../school/client';
import { graphqlUrl } from '../school/config';
import { SignIn } from './sign-in';

interface School {
  readonly client: SchoolClient;
  /** Who is signed in; null for nobody. */
  readonly name: string | null;
  readonly onSignedIn: (name: string) => void;
}

const SchoolContext = createContext<School | null>(null);

/** Keeps who is signed in while one goes from page to page. */
export function SchoolProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(() => new SchoolClient(graphqlUrl));
  const [name, onSignedIn] = useState<string | null>(null);
  const school = useMemo(() => ({ client, name, onSignedIn }), [client, name]);
  return <SchoolContext value={school}>{children}</SchoolContext>;
}

/** A page with the school's name above: its content for those who are signed in, else the way to sign in. */
export function SchoolPage({ children }: { readonly children: (client: SchoolClient) => ReactNode }) {
  const school = useContext(SchoolContext);
  if (!school) throw new Error('SchoolPage stands inside SchoolProvider.');
  const { client, name, onSignedIn } = school;
  return (
    <main>
      <header>
        <h1>
          Terakoya <span lang="ja">寺子屋</span>
        </h1>
        {name === null ? null : <p className="who">Signed in as {name}</p>}
      </header>
      {name === null ? <SignIn client={client} onSignedIn={onSignedIn} /> : children(client)}
    </main>
  );
}
