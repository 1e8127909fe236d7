import DataLoader from 'dataloader';

interface ListArguments {
  readonly first: number;
  readonly after?: string;
}

/**
 * Loaders for a list field on many parents: one loader for each set of list arguments that a request uses, so that the
 * lists of all parents come from one statement.
 */
export function createListLoaders<R>(
  list: (parentIds: readonly string[], args: ListArguments) => Promise<R[]>,
): (args: ListArguments) => DataLoader<string, R> {
  const loaders = new Map<string, DataLoader<string, R>>();
  return (args) => {
    const key = `${args.first}:${args.after ?? ''}`;
    const loader = loaders.get(key) ?? new DataLoader((ids: readonly string[]) => list(ids, args));
    loaders.set(key, loader);
    return loader;
  };
}
