import type { z } from 'zod';

import { BadInputError } from '../errors';
import { gauge, setSpanAttributes } from '../telemetry';
import { FAULT_KINDS, type FaultKind, type FaultParameters, faultDuration, isFaultKind } from './fault-kinds';

/** What a fault does while it lasts; the function it gives back undoes it. */
export type FaultEffect<K extends FaultKind> = (
  parameters: FaultParameters<K>,
  seconds: number,
) => (() => void) | undefined;

interface ActiveFault {
  readonly parameters: unknown;
  readonly endsAt: number;
  readonly end: () => void;
}

/** A fault that is on, as it is told to whoever asks. */
export interface FaultReport {
  readonly kind: string;
  readonly parameters: unknown;
  /** Seconds until it ends by itself. */
  readonly secondsLeft: number;
}

/**
 * The faults of this process. Parts of it offer how they can break; nothing breaks before a fault is started. There is
 * one set per process, as there is one process to break.
 */
export class FaultSwitches {
  readonly #offered = new Map<FaultKind, FaultEffect<FaultKind>>();
  readonly #active = new Map<FaultKind, ActiveFault>();
  readonly #gauge = gauge('terakoya_fault_active', 'Faults that are switched on: 1 while one lasts.', ['fault']);

  /** Says that this process can break so. Without an effect, its code asks `active` at the place that breaks. */
  offer<K extends FaultKind>(kind: K, effect: FaultEffect<K> = () => undefined): void {
    this.#offered.set(kind, effect); // parsed by the schema of the same kind before it is called
    this.#gauge.set({ fault: kind }, 0);
  }

  /** Whether there is anything to ask `active` about: cheap enough for every request. */
  get isAnyActive(): boolean {
    return this.#active.size > 0;
  }

  get offered(): readonly FaultKind[] {
    return [...this.#offered.keys()];
  }

  /** Marks the active span with the faults that are on: it is one that they may have broken. */
  mark(): void {
    setSpanAttributes({ 'terakoya.fault': [...this.#active.keys()].join(',') });
  }

  /** The parameters of a fault while it is on. The active span is marked: that is where the fault acts. */
  active<K extends FaultKind>(kind: K): FaultParameters<K> | undefined {
    if (this.#active.size === 0) return undefined;
    const found = this.#active.get(kind);
    if (!found) return undefined;
    this.mark();
    return found.parameters as FaultParameters<K>; // stored under its kind
  }

  /** Starts a fault, in place of the same one that is on. BAD_USER_INPUT names what is wrong. */
  start(name: string, given: object): void {
    const effect = isFaultKind(name) ? this.#offered.get(name) : undefined;
    if (!isFaultKind(name) || !effect) {
      throw new BadInputError('kind', `there is no fault ${name} here, only ${this.offered.join(', ')}`);
    }
    const parameters = parse(FAULT_KINDS[name], given);
    const { seconds } = parse(faultDuration, given);
    this.end(name);
    const undo = effect(parameters, seconds);
    const timer = setTimeout(() => this.end(name), seconds * 1000);
    timer.unref();
    const end = (): void => {
      clearTimeout(timer);
      undo?.();
    };
    this.#active.set(name, { parameters, endsAt: performance.now() + seconds * 1000, end });
    this.#gauge.set({ fault: name }, 1);
  }

  /** Ends a fault; nothing happens when it is not on. */
  end(name: string): void {
    if (!isFaultKind(name)) return;
    const found = this.#active.get(name);
    if (!found) return;
    this.#active.delete(name);
    found.end();
    this.#gauge.set({ fault: name }, 0);
  }

  list(): FaultReport[] {
    return [...this.#active].map(([kind, { parameters, endsAt }]) => ({
      kind,
      parameters,
      secondsLeft: Math.max(0, (endsAt - performance.now()) / 1000),
    }));
  }
}

function parse<S extends z.ZodType>(schema: S, given: object): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadInputError(issue?.path.join('.') ?? 'body', issue?.message ?? 'is wrong');
}

export const faults = new FaultSwitches();
