import type { EntityManager, ObjectLiteral } from 'typeorm';

/** A list that each of many parents has. */
export interface ListShape<E extends ObjectLiteral> {
  readonly entity: new () => E;
  /** The column that names the parent. */
  readonly parent: string;
  /** The column it is sorted by, alone in its parent. */
  readonly key: 'id' | 'number';
  readonly order: 'ASC' | 'DESC';
  /** What rows of the table `listed` must be, with parameters by name. */
  readonly where?: string;
  readonly parameters?: ObjectLiteral;
}

export interface ListPart {
  readonly first: number;
  /** The key of the last row before the part. */
  readonly after: string | number | undefined;
}

/** The same part of the lists of many parents in one statement, each in its order; one row more than asked for of each. */
export function listByParents<E extends ObjectLiteral>(
  manager: EntityManager,
  { entity, parent, key, order, where = 'true', parameters = {} }: ListShape<E>,
  parentIds: readonly string[],
  { first, after }: ListPart,
): Promise<E[]> {
  const { tableName } = manager.dataSource.getMetadata(entity);
  const type = key === 'id' ? 'uuid' : 'int';
  const isLater = order === 'ASC' ? '>' : '<';
  return manager
    .createQueryBuilder(entity, 'row')
    .where(
      `row.id IN (
         SELECT part.id FROM unnest(CAST(:parentIds AS uuid[])) AS wanted(parent_id)
         CROSS JOIN LATERAL (
           SELECT listed.id FROM ${tableName} AS listed
           WHERE listed.${parent} = wanted.parent_id AND (${where})
             AND (CAST(:after AS ${type}) IS NULL OR listed.${key} ${isLater} CAST(:after AS ${type}))
           ORDER BY listed.${key} ${order} LIMIT :most
         ) AS part)`,
      { ...parameters, parentIds: [...parentIds], after: after ?? null, most: first + 1 },
    )
    .orderBy(`row.${key}`, order)
    .getMany();
}
