export interface FaultTarget {
  /** The service's own address. */
  readonly url: string;
  readonly secret: string;
}

/** What a service tells of its faults. */
export interface FaultState {
  readonly offered: readonly string[];
  readonly active: readonly { readonly kind: string; readonly parameters: unknown; readonly secondsLeft: number }[];
}

const TIMEOUT_MS = 5_000;

/** Asks for, starts (PUT) or ends (DELETE) a fault of a service; throws what it answers when it refuses. */
export async function switchFault(
  { url, secret }: FaultTarget,
  method: 'GET' | 'PUT' | 'DELETE',
  kind?: string,
  parameters: object = {},
): Promise<FaultState> {
  const response = await fetch(`${url}/faults${kind === undefined ? '' : `/${kind}`}`, {
    method,
    headers: { authorization: `Bearer ${secret}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(method === 'PUT' ? { body: JSON.stringify(parameters) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as FaultState; // our own endpoint's answer
}
