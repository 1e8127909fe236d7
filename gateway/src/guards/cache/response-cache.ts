import type { Viewer } from '@terakoya/common/auth';

import { BoundedCache } from '../../execution/bounded-cache';
import type { GuardedOperation } from '../../execution/operation';
import type { Executed } from '../../execution/response';
import { idsIn } from './ids-in';
import { Invalidations } from './invalidations';

/** Where a response is kept, and what it depends on besides its own content. */
export interface CachePlace {
  readonly key: string;
  readonly maxAgeMs: number;
  readonly dependsOn: readonly string[];
}

export interface ResponseCacheOptions {
  readonly maxBytes: number;
  readonly onFound: (result: 'hit' | 'miss' | 'stale') => void;
  readonly now?: () => number;
}

interface Kept {
  readonly data: string;
  readonly began: number;
  readonly until: number;
  /** Ids of what it shows: when one of them changes, it is worth nothing. */
  readonly ids: readonly string[];
}

const MOST_RESPONSES = 10_000;

/**
 * Whole responses in this process's memory, by `@cacheControl`. A PRIVATE one is kept for its viewer alone; one of a
 * document with access rules for those to whom the same is refused. Mutations and errors are never kept.
 */
export class ResponseCache {
  readonly #responses: BoundedCache<Kept>;
  readonly #invalidations: Invalidations;
  readonly #now: () => number;

  constructor(private readonly options: ResponseCacheOptions) {
    this.#responses = new BoundedCache(MOST_RESPONSES, options.maxBytes);
    this.#now = options.now ?? Date.now;
    this.#invalidations = new Invalidations(this.#now);
  }

  /** Null when the response may not be kept. */
  placeOf(
    operation: GuardedOperation,
    viewer: Viewer | null,
    variables: Readonly<Record<string, unknown>>,
  ): CachePlace | null {
    const policy = operation.facts.cache;
    if (!policy || operation.type !== 'query') return null;
    const isPrivate = policy.scope === 'PRIVATE';
    if (isPrivate && !viewer) return null;
    const owner = isPrivate && viewer ? viewer.userId : '';
    const key = JSON.stringify([operation.documentKey, owner, operation.accessKey(viewer), variables]);
    return { key, maxAgeMs: policy.maxAge * 1000, dependsOn: [...idsIn(variables), ...(owner ? [owner] : [])] };
  }

  /** The response and its age in seconds. */
  find({ key }: CachePlace): { readonly data: string; readonly age: number } | null {
    const kept = this.#responses.get(key);
    const now = this.#now();
    const isFresh = kept !== undefined && kept.until > now;
    if (kept && isFresh && !this.#invalidations.since(kept.began, kept.ids)) {
      this.options.onFound('hit');
      return { data: kept.data, age: Math.floor((now - kept.began) / 1000) };
    }
    this.options.onFound(isFresh ? 'stale' : 'miss');
    return null;
  }

  /** Keeps a response without errors. `began` is when its execution did: what changed since is not in it. */
  keep({ key, maxAgeMs, dependsOn }: CachePlace, { data, errors }: Executed, began: number): void {
    if (errors.length > 0 || data === 'null') return;
    const ids = [...new Set([...dependsOn, ...idsIn(JSON.parse(data))])];
    const kept = { data, began, until: began + maxAgeMs, ids };
    this.#responses.set(key, kept, key.length + data.length + ids.length * 40);
  }

  /** Something happened to these: no response that shows them and began before now is shown again. */
  forget(ids: Iterable<string>): void {
    this.#invalidations.add(ids);
  }

  /** A viewer sees their own changes at once: whatever the mutation names or shows, and all that is theirs alone. */
  forgetChanged(viewer: Viewer | null, variables: Readonly<Record<string, unknown>>, { data }: Executed): void {
    if (this.#responses.size === 0) return;
    this.forget([...idsIn(variables), ...idsIn(JSON.parse(data)), ...(viewer ? [viewer.userId] : [])]);
  }

  forgetAll(): void {
    this.#invalidations.addAll();
  }
}
