/**
 * `npm run audit:http [-- URL]`: the GraphQL-over-HTTP audit of `graphql-http` against a running gateway, the one of
 * `npm start` unless told otherwise. Prints what fails for people and, last, one line of JSON.
 */
import { availableParallelism } from 'node:os';

import { serverAudits } from 'graphql-http';

const DEFAULT_URL = 'http://localhost:4000/graphql';

async function main(): Promise<void> {
  const url = process.argv[2] ?? DEFAULT_URL;
  const results = await Promise.all(serverAudits({ url, fetchFn: fetch }).map(({ fn }) => fn()));
  const failed = results.filter(({ status }) => status !== 'ok');
  for (const { id, status, name } of failed) console.error(`${id} ${status}: ${name}`);
  const machine = { cores: availableParallelism(), node: process.version };
  const figures = { checks: results.length, passed: results.length - failed.length };
  console.log(
    JSON.stringify({ name: 'audit:http', machine, figures, details: { url, failed: failed.map(({ id }) => id) } }),
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
