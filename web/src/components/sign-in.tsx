'use client';

import { type SubmitEvent, useState } from 'react';

import type { SchoolClient } from '../school/client';
import { signIn } from '../school/session.documents';

export function SignIn({
  client,
  onSignedIn,
}: {
  readonly client: SchoolClient;
  readonly onSignedIn: (name: string) => void;
}) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    setIsBusy(true);
    setError(null);
    try {
      const answer = await client.ask(signIn, { input: { email: field('email'), password: field('password') } });
      client.use(answer.signIn);
      onSignedIn(answer.signIn.user.displayName);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      setIsBusy(false);
    }
  }

  return (
    <form className="card sign-in" onSubmit={(event) => void submit(event)}>
      <h2>Sign in</h2>
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" required autoFocus />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button disabled={isBusy}>{isBusy ? 'Signing in …' : 'Sign in'}</button>
      {error === null ? null : <p role="alert">{error}</p>}
    </form>
  );
}
