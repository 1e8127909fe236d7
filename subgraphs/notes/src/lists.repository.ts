import type { EntityManager } from 'typeorm';

/** Which part of a list of a parent: `count` rows after the row whose sort key is `after`. */
export interface ListKey<A> {
  readonly parentId: string;
  readonly after: A | undefined;
  readonly count: number;
}

/** An entity's columns by their property names, for a statement that is written by hand. */
export function columnsOf(manager: EntityManager, entity: new () => object, alias: string): string {
  const { columns } = manager.dataSource.getMetadata(entity);
  return columns.map(({ databaseName, propertyName }) => `${alias}.${databaseName} AS "${propertyName}"`).join(', ');
}

/**
 * Parts of many lists in one statement. `select` is run for each key as `r (parent_id, after, count)`; its rows must
 * have the properties of R. The lists come in the order of the keys, each sorted: a join promises no order.
 */
export async function listsOf<R extends object, A extends string | number>(
  manager: EntityManager,
  keys: readonly ListKey<A>[],
  select: string,
  compare: (a: R, b: R) => number,
): Promise<R[][]> {
  const rows = await manager.query<(R & { listIndex: string })[]>(
    `SELECT r.position - 1 AS "listIndex", l.*
     FROM unnest($1::uuid[], $2::text[], $3::int[]) WITH ORDINALITY AS r (parent_id, after, count, position)
     CROSS JOIN LATERAL (${select}) l`,
    [keys.map(({ parentId }) => parentId), keys.map(({ after }) => after ?? null), keys.map(({ count }) => count)],
  );
  const lists: R[][] = keys.map(() => []);
  for (const { listIndex, ...row } of rows) lists[Number(listIndex)]?.push(row as unknown as R); // R without the index
  return lists.map((list) => list.sort(compare));
}
