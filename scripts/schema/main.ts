/**
 * `npm run schema`: emits `schema.graphql` of every subgraph from its resolver classes and composes
 * `gateway/supergraph.graphql`, `gateway/schema.graphql` (what clients see), its reference `docs/schema.md` and the web
 * app's types. With `--check` nothing is written and a difference is an error; bad habits in the schema always are.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { printSchema } from 'graphql';
import { format } from 'prettier';

import { NODES, NODES_SDL, readSupergraphSdl } from '../../gateway/src/execution';
import { createAccountsSchema } from '../../subgraphs/accounts/src/schema';
import { createAssistantSchema } from '../../subgraphs/assistant/src/schema';
import { createClassesSchema } from '../../subgraphs/classes/src/schema';
import { createFilesSchema } from '../../subgraphs/files/src/schema';
import { createMeetingsSchema } from '../../subgraphs/meetings/src/schema';
import { createNotesSchema } from '../../subgraphs/notes/src/schema';
import { type Subgraph, composeSupergraph } from './compose';
import { findBadHabits } from './habits/habits';
import { writeReference } from './reference/reference';
import { webTypes } from './web-types';

const root = join(__dirname, '..', '..');
const isCheck = process.argv.includes('--check');

/** Building a schema needs the resolver classes, not the services behind them. */
const noServices = {} as never;

const emitted: Subgraph[] = [
  { name: 'accounts', url: 'http://127.0.0.1:4101/graphql', sdl: createAccountsSchema(noServices).sdl },
  { name: 'classes', url: 'http://127.0.0.1:4102/graphql', sdl: createClassesSchema(noServices).sdl },
  { name: 'files', url: 'http://127.0.0.1:4103/graphql', sdl: createFilesSchema(noServices).sdl },
  { name: 'notes', url: 'http://127.0.0.1:4104/graphql', sdl: createNotesSchema(noServices).sdl },
  { name: 'assistant', url: 'http://127.0.0.1:4105/graphql', sdl: createAssistantSchema(noServices).sdl },
  { name: 'meetings', url: 'http://127.0.0.1:4106/graphql', sdl: createMeetingsSchema(noServices).sdl },
];
/** Answered by each executor itself (`gateway/src/execution/nodes`): nothing listens at the URL. */
const nodes: Subgraph = { name: NODES, url: 'http://nodes.invalid/graphql', sdl: NODES_SDL };
const realtime: Subgraph = {
  name: 'realtime',
  url: 'http://127.0.0.1:3001/graphql',
  sdl: readFileSync(join(root, 'realtime', 'schema.graphql'), 'utf8'),
};

async function main(): Promise<void> {
  const subgraphs = [...emitted, nodes, realtime];
  const supergraph = composeSupergraph(subgraphs);
  const schema = readSupergraphSdl(supergraph).apiSchema().toGraphQLJSSchema();
  const api = `${printSchema(schema)}\n`;
  const files = new Map(emitted.map(({ name, sdl }) => [join('subgraphs', name, 'schema.graphql'), sdl]));
  files.set(join('gateway', 'supergraph.graphql'), supergraph);
  files.set(join('gateway', 'schema.graphql'), api);
  files.set(join('docs', 'schema.md'), await format(writeReference(schema, subgraphs), { parser: 'markdown' }));
  for (const { path, text } of await webTypes(root, api)) files.set(path, text);

  const changed = [...files].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  );
  for (const [path, text] of changed) {
    console.log(`${isCheck ? 'differs from the code' : 'written'}: ${path}`);
    if (isCheck) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const habits = findBadHabits(schema);
  for (const habit of habits) console.error(habit);
  if (habits.length > 0) process.exitCode = 1;
  if (isCheck && changed.length > 0) {
    console.error('Run `npm run schema` and commit what it writes.');
    process.exitCode = 1;
  }
}

void main();
