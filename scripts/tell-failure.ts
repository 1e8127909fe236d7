import { GraphError } from '@terakoya/common/school-client';

/** Ends a command that asks the graph at `url` with one line on what was refused, and with exit code 1. */
export function tellFailure(url: string, error: unknown): void {
  const isRefused = error instanceof TypeError && error.message === 'fetch failed';
  const line = isRefused
    ? `Nothing answers at ${url}: start the school first (npm start).`
    : String(error instanceof Error ? error.message : error);
  console.error(error instanceof GraphError && error.code !== '' ? `${error.code}: ${line}` : line);
  process.exitCode = 1;
}
