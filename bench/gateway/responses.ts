import type { RunningGateway } from './contestants/contestants';
import { type BenchOperation, bodyOf } from './graph/operations';

/** Responses of one gateway to an operation, by client, as text that is equal when the JSON is, in whatever order its keys are. */
export async function readResponses(
  gateway: RunningGateway,
  operation: BenchOperation,
  clients: number,
): Promise<readonly string[]> {
  const responses: string[] = [];
  for (let client = 0; client < clients; client += 1) {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: bodyOf(operation, client),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const body = JSON.parse(text) as { data?: object; errors?: unknown }; // a GraphQL response, checked below
    if (!body.data || body.errors) throw new Error(`${gateway.name}, ${operation.name}: ${text.slice(0, 300)}`);
    responses.push(JSON.stringify(sorted(body)));
  }
  return responses;
}

/** Throws, with the place where they part, when a gateway's responses are not those of another. */
export function checkEqual(
  operation: string,
  [name, responses]: readonly [string, readonly string[]],
  [otherName, others]: readonly [string, readonly string[]],
): void {
  const client = responses.findIndex((text, index) => text !== others[index]);
  if (client < 0 && responses.length === others.length) return;
  const [text = '', other = ''] = [responses[client], others[client]];
  const place = [...text].findIndex((character, index) => character !== other[index]);
  const around = (whole: string) => whole.slice(Math.max(0, place - 60), place + 60);
  throw new Error(
    `${operation}: ${name} and ${otherName} answer client ${client} differently: …${around(text)}… and …${around(other)}…`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
