import type { LocalSource } from './meeting-state';

/** What is sent from a source in a direct call. */
export interface DirectSource {
  readonly source: LocalSource;
  readonly isPaused: boolean;
}

/** What the two clients of a direct call tell each other. */
export interface DirectSignal {
  /** The connection of who tells it: another one than before means that they began anew. */
  readonly call: string;
  /** The other's connection as far as it is known: what is for an earlier one is of no use. */
  readonly to: string | null;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  /** What comes, by the `mid` of the description. */
  readonly sources?: Readonly<Record<string, DirectSource>>;
}

const SOURCES = new Set<unknown>(['MICROPHONE', 'CAMERA', 'SCREEN', 'SCREEN_AUDIO']);
const TYPES = new Set<unknown>(['offer', 'answer', 'rollback', 'pranswer']);

/** What a signal says; null for what is none: it comes from another person's client. */
export function readSignal(text: string): DirectSignal | null {
  const value = parsed(text);
  if (!isRecord(value) || typeof value.call !== 'string') return null;
  const { call, to, description, candidate, sources } = value;
  if (to !== null && typeof to !== 'string') return null;
  if (description !== undefined && !(isRecord(description) && TYPES.has(description.type))) return null;
  if (candidate !== undefined && !isRecord(candidate)) return null;
  if (sources !== undefined && !(isRecord(sources) && Object.values(sources).every(isSource))) return null;
  // Their parts are checked above as far as we read them; the browser checks what it is given itself.
  return { call, to, description, candidate, sources } as unknown as DirectSignal;
}

function isSource(value: unknown): boolean {
  return isRecord(value) && SOURCES.has(value.source) && typeof value.isPaused === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
