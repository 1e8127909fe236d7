import { useCallback, useEffect, useRef, useState } from 'react';

import type { LoadNotebookQuery } from '../generated/graphql';
import { GraphError, type SchoolClient } from './client';
import { loadNotebook, watchNotebook } from './documents';

export type NotebookView = NonNullable<LoadNotebookQuery['notebook']>;

/** A notebook as it is now, kept up to date by its changes. */
export function useNotebook(client: SchoolClient, id: string): { notebook: NotebookView | null; error: string | null } {
  const [notebook, setNotebook] = useState<NotebookView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const cursor = useRef<string | null>(null);
  const load = useLatest(
    useCallback(async () => {
      const { notebook: found } = await client.ask(loadNotebook, { id });
      if (found) setNotebook(found);
    }, [client, id]),
    (failure) => setError(failure.message),
  );

  useEffect(() => {
    cursor.current = null;
    load();
    return client.watch(
      watchNotebook,
      () => ({ id, after: cursor.current }),
      ({ notebookChanged }) => {
        cursor.current = notebookChanged.cursor;
        load();
      },
      (failure) => {
        if (failure.code === 'CURSOR_EXPIRED') cursor.current = null;
        else setError(failure.message);
        load();
      },
    );
  }, [client, id, load]);

  return { notebook, error };
}

/** Runs one at a time; what is asked for meanwhile is one more run. Changes come faster than they need to be shown. */
function useLatest(work: () => Promise<void>, onError: (error: GraphError) => void): () => void {
  const state = useRef({ isRunning: false, isWanted: false });
  const report = useRef(onError);
  report.current = onError;
  return useCallback(() => {
    const run = (): void => {
      state.current = { isRunning: true, isWanted: false };
      void work()
        .catch((error: unknown) =>
          report.current(error instanceof GraphError ? error : new GraphError(String(error), '')),
        )
        .finally(() => {
          const { isWanted } = state.current;
          state.current = { isRunning: false, isWanted: false };
          if (isWanted) run();
        });
    };
    if (state.current.isRunning) state.current.isWanted = true;
    else run();
  }, [work]);
}
