/**
 * `npm run schema:diff [-- BASE]`: tells how the schema that clients see differs from the one at BASE (a git ref; where
 * this branch left main by default), and fails on breaking changes that docs/schema-changes.md does not give a reason for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isAccepted, noteOf, readAcceptedChanges } from './accepted-changes';
import { findBaseSchema } from './base-schema';
import { type SchemaChange, compareSchemas } from './compare-schemas';

const ROOT = join(__dirname, '..', '..', '..');
const SCHEMA = 'gateway/schema.graphql';
const NOTES = 'docs/schema-changes.md';

async function main(): Promise<void> {
  const base = findBaseSchema(ROOT, SCHEMA, process.argv[2]);
  if (!base) return console.log('There is no earlier schema to compare with: nothing is checked.');
  const changes = await compareSchemas(base.sdl, readFileSync(join(ROOT, SCHEMA), 'utf8'));
  const accepted = readAcceptedChanges(readFileSync(join(ROOT, NOTES), 'utf8'));
  console.log(`Compared with ${base.name}: ${changes.length === 0 ? 'no change' : countsOf(changes)}.`);
  const unexplained = changes.filter((change) => change.level === 'breaking' && !isAccepted(change, accepted));
  for (const change of changes) {
    const isExplained = change.level === 'breaking' && !unexplained.includes(change);
    console.log(`${isExplained ? 'accepted' : change.level}: ${change.message}`);
  }
  if (unexplained.length === 0) return;
  console.error(`\nClients can break. Keep what is there and deprecate it, or give the reason in ${NOTES}:`);
  for (const change of unexplained) console.error(noteOf(change));
  process.exitCode = 1;
}

function countsOf(changes: readonly SchemaChange[]): string {
  const levels = ['breaking', 'dangerous', 'safe'] as const;
  return levels.map((level) => `${changes.filter((change) => change.level === level).length} ${level}`).join(', ');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
