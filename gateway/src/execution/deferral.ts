import type { PlanNames } from './plan-names';
import { type JsonObject, type ResponsePath, isObject, ownOf } from './plan/json';
import type { DeferredStep, PlacedError, Run } from './plan/run';
import type { TypeConditions } from './plan/type-conditions';
import type { DeferredPart } from './response';
import { type ErrorPolicy, toResponseErrors } from './response-errors';
import { Writing } from './shape/writing';

const FRAGMENT = '... on ';

/** The parts of one response that come later: follows their fetches and gives each part as soon as it is ready. */
export class Deferral {
  readonly #fetches = new Map<string, PromiseWithResolvers<void>>();
  #ready: DeferredPart[] = [];
  #changed = Promise.withResolvers<void>();
  /** Parts that are not ready yet. */
  #awaited = 0;
  /** Runs that may still bring a fetch to its end; the response's first part is one. */
  #running = 1;

  constructor(
    private readonly types: TypeConditions,
    private readonly errors: ErrorPolicy,
    private readonly names: PlanNames,
  ) {}

  get isEmpty(): boolean {
    return this.#awaited === 0 && this.#ready.length === 0;
  }

  /** Follows deferred parts of a run; `parent` is when what they belong to has been given. */
  follow(run: Pick<Run, 'data' | 'variables' | 'send'>, steps: readonly DeferredStep[], parent: Promise<void>): void {
    for (const step of steps) {
      this.#awaited += 1;
      void this.#followOne(run, step, parent).finally(() => {
        this.#awaited -= 1;
        this.#changed.resolve();
      });
    }
  }

  fetched(id: string): void {
    this.#fetch(id).resolve();
  }

  /** A run is over. When none is left, fetches that parts still wait for will not come: they had nothing to ask. */
  ended(): void {
    this.#running -= 1;
    if (this.#running === 0) for (const fetch of this.#fetches.values()) fetch.resolve();
  }

  /** The parts in the order they are ready, those that are ready at the same time together. */
  async *parts(): AsyncGenerator<readonly DeferredPart[], undefined> {
    while (!this.isEmpty) {
      if (this.#ready.length === 0) await this.#changed.promise;
      this.#changed = Promise.withResolvers();
      const ready = this.#ready;
      this.#ready = [];
      if (ready.length > 0) yield ready;
    }
  }

  async #followOne(
    { data, variables, send }: Pick<Run, 'data' | 'variables' | 'send'>,
    step: DeferredStep,
    parent: Promise<void>,
  ): Promise<void> {
    await Promise.all(step.depends.map((id) => this.#fetch(id).promise));
    this.#running += 1;
    const given = Promise.withResolvers<void>();
    const errors: PlacedError[] = [];
    const lost: ResponsePath[] = [];
    const shared = { data, variables, send };
    const defer = (steps: readonly DeferredStep[]): void => this.follow(shared, steps, given.promise);
    try {
      await step.step?.({ ...shared, errors, lost, defer, fetched: (id) => this.fetched(id) });
    } finally {
      this.ended();
    }
    await parent;
    this.#ready.push(...this.#partsOf(step, shared, { errors, lost }));
    this.#changed.resolve();
    given.resolve();
  }

  #partsOf(
    { queryPath, shapes, label }: DeferredStep,
    { data, variables }: Pick<Run, 'data' | 'variables'>,
    { errors, lost }: Pick<Run, 'errors' | 'lost'>,
  ): DeferredPart[] {
    if (!shapes) return [];
    const write = shapes.of(variables);
    return this.#objectsAt(data, queryPath).map(({ object, path }) => {
      const writing = new Writing();
      const text = write(object, writing) ?? 'null';
      const flaws = writing.flaws.map((flaw) => ({ ...flaw, path: [...path, ...flaw.path] }));
      const own = errors.filter((error) => startsWith(error.path, path));
      const told = toResponseErrors({ errors: own, lost, flaws }, this.errors, this.names);
      return { label, path: this.names.pathOf(path), data: text, errors: told };
    });
  }

  #objectsAt(value: unknown, queryPath: readonly string[], path: ResponsePath = []): Located[] {
    if (Array.isArray(value)) return value.flatMap((item, index) => this.#objectsAt(item, queryPath, [...path, index]));
    if (!isObject(value)) return [];
    const [element, ...rest] = queryPath;
    if (element === undefined) return [{ object: value, path }];
    if (!element.startsWith(FRAGMENT)) return this.#objectsAt(ownOf(value, element), rest, [...path, element]);
    const typename = ownOf(value, '__typename');
    const isMeant = typeof typename !== 'string' || this.types.includes(element.slice(FRAGMENT.length), typename);
    return isMeant ? this.#objectsAt(value, rest, path) : [];
  }

  #fetch(id: string): PromiseWithResolvers<void> {
    const known = this.#fetches.get(id);
    if (known) return known;
    const made = Promise.withResolvers<void>();
    this.#fetches.set(id, made);
    return made;
  }
}

interface Located {
  readonly object: JsonObject;
  readonly path: ResponsePath;
}

function startsWith(path: ResponsePath | undefined, start: ResponsePath): boolean {
  return path !== undefined && start.every((key, index) => path[index] === key);
}
