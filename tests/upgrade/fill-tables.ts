import type { Client } from 'pg';

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly is_required: boolean;
  readonly has_default: boolean;
}

export const nameOf = ({ schema, table }: Pick<Column, 'schema' | 'table'>): string => `"${schema}"."${table}"`;

/** The columns of every table of the schemas, those that are generated left out. */
export async function columnsOf(client: Client, schemas: readonly string[]): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT table_schema AS schema, table_name AS table, column_name AS column, udt_name AS type,
            is_nullable = 'NO' AS is_required, column_default IS NOT NULL OR is_identity = 'YES' AS has_default
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' AND table_name <> 'migrations'
     ORDER BY 1, 2, ordinal_position`,
    [schemas],
  );
  return rows;
}

/**
 * Inserts a row into every table that takes one, with a value in each column that must have one; tables that refer to
 * others come after them. Returns the names of the tables that took one.
 */
export async function fillTables(client: Client, columns: readonly Column[], seed: number): Promise<string[]> {
  const filled = new Set<string>();
  let left = [...Map.groupBy(columns, nameOf)];
  for (let round = 0; left.length > 0 && round < 6; round += 1) {
    const refused: typeof left = [];
    for (const [name, ofTable] of left) {
      if (await insertRow(client, name, ofTable, seed)) filled.add(name);
      else refused.push([name, ofTable]);
    }
    left = refused;
  }
  return [...filled].sort();
}

async function insertRow(client: Client, name: string, columns: readonly Column[], seed: number): Promise<boolean> {
  const wanted = columns.filter(({ is_required: isRequired, has_default: hasDefault }) => isRequired && !hasDefault);
  const values: string[] = [];
  for (const column of wanted) values.push(await valueOf(client, column, seed));
  const list = wanted.map(({ column }) => `"${column}"`).join(', ');
  const statement = wanted.length === 0 ? 'DEFAULT VALUES' : `(${list}) VALUES (${values.join(', ')})`;
  try {
    await client.query(`INSERT INTO ${name} ${statement}`);
    return true;
  } catch {
    return false;
  }
}

/** An expression: a value that another table has, one that a check allows, or one of the type. */
async function valueOf(client: Client, { schema, table, column, type }: Column, seed: number): Promise<string> {
  const { rows } = await client.query<{ definition: string; parent: string | null; key: string | null }>(
    `SELECT pg_get_constraintdef(c.oid) AS definition, confrelid::regclass::text AS parent,
            (SELECT attname FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) AS key
     FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = ANY(conkey)
     WHERE conrelid = $1::regclass AND attname = $2 AND contype IN ('c', 'f') ORDER BY contype DESC`,
    [nameOf({ schema, table }), column],
  );
  const reference = rows.find(({ parent, key }) => parent !== '-' && key !== null);
  if (reference) return `(SELECT "${reference.key ?? ''}" FROM ${reference.parent ?? ''} ORDER BY ctid DESC LIMIT 1)`;
  const [, allowed] = rows.map(({ definition }) => /'([^']+)'::/.exec(definition)).find((match) => match) ?? [];
  return allowed === undefined ? ofType(type, seed) : `'${allowed}'`;
}

function ofType(type: string, seed: number): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (/^(int|float|numeric)/.test(type)) return String(seed);
  if (type === 'bool') return 'true';
  if (/^(timestamp|date)/.test(type)) return 'now()';
  if (/^jsonb?$/.test(type)) return `'{}'`;
  if (type.startsWith('_')) return `'{}'`;
  if (type === 'bytea') return `'\\x01'`;
  return `'text ${seed}'`;
}
