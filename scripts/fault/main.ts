/**
 * `npm run fault -- URL`: the faults a service offers and those that are on. `npm run fault -- URL KIND [name=value …]`
 * starts one, `npm run fault -- URL KIND off` ends it. URL is the service's own, such as http://127.0.0.1:4104.
 * FAULT_SECRET must be the one the service was started with.
 */
import { switchFault } from './switch-fault';

const [url, kind, ...rest] = process.argv.slice(2);

async function main(): Promise<void> {
  const secret = process.env['FAULT_SECRET'];
  if (!url || !secret) throw new Error('Usage: FAULT_SECRET=… npm run fault -- URL [KIND [off | name=value …]]');
  const target = { url, secret };
  const answer = await (kind === undefined
    ? switchFault(target, 'GET')
    : rest[0] === 'off'
      ? switchFault(target, 'DELETE', kind)
      : switchFault(target, 'PUT', kind, parametersOf(rest)));
  console.log(JSON.stringify(answer, null, 2));
}

/** `ms=500 failure=busy` → `{ ms: 500, failure: 'busy' }`. */
function parametersOf(words: readonly string[]): Record<string, string | number> {
  return Object.fromEntries(
    words.map((word) => {
      const [name = '', value = ''] = word.split('=', 2);
      return [name, Number.isNaN(Number(value)) ? value : Number(value)];
    }),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
