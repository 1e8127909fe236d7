const TIMEOUT_MS = 4_000;

/** Resolves when a service answers 2xx at this URL; throws with the reason when it does not, or not within 4 s. */
export async function checkHealth(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
