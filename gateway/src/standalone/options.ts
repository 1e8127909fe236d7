import { parseArgs } from 'node:util';

import { z } from 'zod';

import { ConfigurationError, messageOf } from '@terakoya/common/errors';

const whole = (least: number, most: number, value: number) =>
  z.coerce.number().int().min(least).max(most).default(value);

/** What the standalone gateway is told on its command line; `describe` is the line of `--help`. */
const shape = {
  supergraph: z.string({ error: 'is missing' }).describe('file of the composed supergraph (SDL)'),
  port: whole(0, 65_535, 4000).describe('where it listens; 0 takes a free port'),
  host: z.string().default('127.0.0.1').describe('address it listens on'),
  url: z
    .array(z.string())
    .default([])
    .describe('NAME=URL of a subgraph in place of the one in the supergraph; may be repeated'),
  'cors-origin': z.array(z.string()).default([]).describe('web origin whose pages may call; may be repeated'),
  'timeout-ms': whole(1, 600_000, 10_000).describe('how long a subgraph may take for one fetch'),
  'max-response-bytes': whole(1_000, 1_073_741_824, 67_108_864).describe('largest response of a subgraph'),
  'max-body-bytes': whole(100, 104_857_600, 1_000_000).describe('largest request body'),
  'max-tokens': whole(1, 1_000_000, 15_000).describe('lexical tokens of an operation'),
  'max-depth': whole(1, 1_000, 50).describe('levels of fields of an operation'),
  'max-aliases': whole(1, 100_000, 500).describe('aliases of an operation'),
  'max-root-fields': whole(1, 100_000, 100).describe('root fields of an operation'),
  'max-fields': whole(1, 1_000_000, 10_000).describe('fields of an operation'),
  'log-level': z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('least level of what is logged'),
};

const REPEATED: ReadonlySet<string> = new Set(['url', 'cors-origin']);

const optionsSchema = z.object(shape);

export type StandaloneOptions = Readonly<z.output<typeof optionsSchema>>;

/** Reads a command line; ConfigurationError with one line that names what is wrong. */
export function readOptions(args: readonly string[]): StandaloneOptions {
  const parsed = optionsSchema.safeParse(parseFlags(args));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `--${path.map(String).join('.')} ${plain(message)}`);
  throw new ConfigurationError(`terakoya-gateway: ${wrong.join('; ')}. --help tells more.`);
}

function parseFlags(args: readonly string[]) {
  const flags = Object.keys(shape).map((name) => [name, { type: 'string', multiple: REPEATED.has(name) }] as const);
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(flags), strict: true }).values;
  } catch (error) {
    const [line = ''] = messageOf(error).split(/\. |\n/);
    throw new ConfigurationError(`terakoya-gateway: ${line.replace(/\.$/, '')}. --help tells more.`);
  }
}

function plain(message: string): string {
  return message.replace(/^Invalid input: /, 'is wrong: ').replace(/^Invalid option: /, 'is wrong: ');
}

/** What `--help` prints. */
export function usage(): string {
  const lines = Object.entries(shape).map(([name, schema]) => {
    const value = schema.safeParse(undefined).data;
    const isGiven = typeof value === 'string' || typeof value === 'number';
    return `  --${name.padEnd(20)}${schema.description ?? ''}${isGiven ? ` (${value})` : ''}`;
  });
  return [
    'terakoya-gateway --supergraph FILE [--port N] [--url NAME=URL]…',
    '',
    'Serves a federated graph at /graphql. `authorization` and `traceparent` of a request go on to the subgraphs.',
    'SIGTERM lets running requests end.',
    '',
    ...lines,
    `  --${'help'.padEnd(20)}this text`,
    '',
  ].join('\n');
}
