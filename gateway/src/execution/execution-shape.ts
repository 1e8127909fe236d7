import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { type ConfigSchema, flag, url } from '@terakoya/common/config';
import { ConfigurationError, messageOf } from '@terakoya/common/errors';
import { redisShape } from '@terakoya/common/redis';

import { DOCUMENT_MODES } from '../guards/documents/persisted-documents';
import type { OperationLimits } from './operation-limits';

const subgraph = (name: string, port: number) =>
  url('http', 'https').default(`http://127.0.0.1:${port}/graphql`).describe(`GraphQL URL of the subgraph ${name}.`);

const atMost = (value: number, what: string) =>
  z.coerce.number().int().min(1).default(value).describe(`${what} that one operation may have at most.`);

/** The variables of a service that executes operations: gateway and realtime. */
export const executionShape = {
  ACCOUNTS_URL: subgraph('accounts', 4101),
  CLASSES_URL: subgraph('classes', 4102),
  FILES_URL: subgraph('files', 4103),
  NOTES_URL: subgraph('notes', 4104),
  ASSISTANT_URL: subgraph('assistant', 4105),
  MEETINGS_URL: subgraph('meetings', 4106),
  SUPERGRAPH_FILE: z
    .string()
    .default(join(__dirname, '..', '..', 'supergraph.graphql'))
    .describe('The composed supergraph; the one of this version by default.'),
  SUBGRAPH_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .describe('How long a subgraph may take for one fetch, in milliseconds.'),
  MAX_TOKENS: atMost(2_000, 'Lexical tokens'),
  MAX_DEPTH: atMost(15, 'Levels of fields'),
  MAX_ALIASES: atMost(50, 'Aliases'),
  MAX_ROOT_FIELDS: atMost(20, 'Root fields'),
  MAX_FIELDS: atMost(1_000, 'Fields'),
  MAX_DIRECTIVES: atMost(50, 'Directives'),
  MAX_COST: atMost(10_000, 'Units of cost (by @cost and @listSize; an object is 1)'),
  ASSUMED_LIST_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .default(10)
    .describe('Items that a list without @listSize counts as in the cost of an operation.'),
  INTROSPECTION: flag()
    .optional()
    .describe('Whether clients may ask for the schema; without it they may unless NODE_ENV is production.'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production refuses demo accounts, and introspection and explorer unless they are asked for.'),
  PERSISTED_DOCUMENTS: z
    .enum(DOCUMENT_MODES)
    .default('automatic')
    .describe('off, automatic (clients may send hashes and register texts) or only (nothing but DOCUMENTS_FILE).'),
  DOCUMENTS_FILE: z
    .string()
    .default(join(__dirname, '..', '..', 'documents.json'))
    .describe('Manifest of documents known by their hash; the one of our web app by default.'),
  REDIS_URL: redisShape.REDIS_URL.optional(),
  REDIS_PREFIX: redisShape.REDIS_PREFIX,
};

type ExecutionConfig = ReturnType<ConfigSchema<typeof executionShape>['read']>;

/** The GraphQL URL of each subgraph. */
export function subgraphUrls(config: ExecutionConfig): ReadonlyMap<string, string> {
  return new Map([
    ['accounts', config.ACCOUNTS_URL],
    ['classes', config.CLASSES_URL],
    ['files', config.FILES_URL],
    ['notes', config.NOTES_URL],
    ['assistant', config.ASSISTANT_URL],
    ['meetings', config.MEETINGS_URL],
  ]);
}

export function operationLimits(config: ExecutionConfig): OperationLimits {
  return {
    tokens: config.MAX_TOKENS,
    depth: config.MAX_DEPTH,
    aliases: config.MAX_ALIASES,
    rootFields: config.MAX_ROOT_FIELDS,
    fields: config.MAX_FIELDS,
    directives: config.MAX_DIRECTIVES,
    cost: config.MAX_COST,
  };
}

/** What is said of it counts; when nothing is, the schema is shown unless this is production. */
export function showsSchema({ INTROSPECTION, NODE_ENV }: Pick<ExecutionConfig, 'INTROSPECTION' | 'NODE_ENV'>): boolean {
  return INTROSPECTION ?? NODE_ENV !== 'production';
}

/** The supergraph's SDL; ConfigurationError when the file cannot be read. */
export function readSupergraph({ SUPERGRAPH_FILE }: ExecutionConfig): string {
  try {
    return readFileSync(SUPERGRAPH_FILE, 'utf8');
  } catch (error) {
    throw new ConfigurationError(
      `SUPERGRAPH_FILE ${SUPERGRAPH_FILE} cannot be read (${messageOf(error)}). Compose it with \`npm run schema\`.`,
    );
  }
}
