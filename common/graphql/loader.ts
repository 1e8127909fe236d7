import DataLoader from 'dataloader';

/**
 * Collects the keys asked for in one tick into one `find` call. `find` gives the rows in any order; `keyOf` tells which
 * row belongs to which key; a key without a row loads null. One per request: it caches.
 */
export function createLoader<K extends string, R>(
  find: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): DataLoader<K, R | null> {
  return new DataLoader<K, R | null>(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}
