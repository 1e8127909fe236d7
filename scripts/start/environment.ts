import { roleUrl } from '@terakoya/common/database';

import type { StartConfig } from './config';
import type { Secrets } from './secrets';
import { SUBGRAPHS, type ServiceName } from './services';

/** What the embedded (or named) servers are, once they are up. */
export interface Backing {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly filesDirectory: string;
}

export interface EnvironmentInput {
  readonly config: StartConfig;
  readonly secrets: Secrets;
  readonly backing: Backing;
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Resolves with the base URL of a service, as soon as its port is known. */
  readonly urlOf: (service: ServiceName) => Promise<string>;
}

type Variables = Record<string, string>;

/** The environment of one service: what it needs and no secret more. */
export async function environmentOf(service: ServiceName, input: EnvironmentInput): Promise<Variables> {
  const own = await OWN[service](input);
  return { ...inheritedOf(input.inherited), ...(await common(service, input)), ...own };
}

/** Secrets and addresses are given by name to whom they concern; the rest of the environment is passed on. */
const NEVER_INHERITED =
  /(_SECRET|_PORT|_KEY|_URL|^PORT|^NODE_OPTIONS)$|^(HOST|MINIO_|FILE_STORAGE_|OPENAI_|GOOGLE_|OTEL_|npm_)/;

function inheritedOf(environment: EnvironmentInput['inherited']): Variables {
  const entries = Object.entries(environment).filter(([name]) => !NEVER_INHERITED.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

/** Whoever starts the school with a secret of their own may break its services on purpose. */
const faultSwitches = (inherited: EnvironmentInput['inherited']): Variables => pick(inherited, ['FAULT_SECRET']);

async function common(service: ServiceName, { config, urlOf, inherited }: EnvironmentInput): Promise<Variables> {
  const traces: Variables =
    service === 'traces'
      ? { OTEL_SDK_DISABLED: 'true' }
      : { OTEL_EXPORTER_OTLP_ENDPOINT: await tracesUrl(inherited, urlOf), ...sampling(inherited) };
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: config.LOG_LEVEL,
    APOLLO_TELEMETRY_DISABLED: 'true',
    ...traces,
    ...faultSwitches(inherited),
  };
}

/** On one's own machine every request has its trace, unless it is told otherwise. */
const sampling = (inherited: EnvironmentInput['inherited']): Variables => ({
  OTEL_TRACES_SAMPLER_ARG: '1',
  ...pick(inherited, ['OTEL_TRACES_SAMPLER_ARG', 'TRACES_SLOW_MS', 'OTLP_LOGS', 'SERVICE_VERSION']),
});

function tracesUrl(inherited: EnvironmentInput['inherited'], urlOf: EnvironmentInput['urlOf']): Promise<string> {
  const elsewhere = inherited['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return elsewhere ? Promise.resolve(elsewhere) : urlOf('traces');
}

const redis = ({ backing }: EnvironmentInput): Variables => ({ REDIS_URL: backing.redisUrl });

const database = (role: string, { backing, secrets }: EnvironmentInput): Variables => ({
  DATABASE_URL: roleUrl(backing.databaseUrl, role, secrets.DATABASE_ROLE_SECRET),
});

const identity = ({ secrets }: EnvironmentInput): Variables => ({ IDENTITY_SECRET: secrets.IDENTITY_SECRET });

const subgraph = (role: string, input: EnvironmentInput): Variables => ({
  ...database(role, input),
  ...redis(input),
  ...identity(input),
});

function storage({ config, backing, secrets, inherited }: EnvironmentInput): Variables {
  const endpoint = config.FILE_STORAGE_ENDPOINT ?? config.MINIO_ENDPOINT;
  if (endpoint === undefined) {
    return { FILE_STORAGE_DIRECTORY: backing.filesDirectory, FILE_STORAGE_SECRET: secrets.FILE_STORAGE_SECRET };
  }
  const passed = [
    'MINIO_ACCESS_KEY',
    'MINIO_SECRET_KEY',
    'FILE_STORAGE_BUCKET',
    'FILE_STORAGE_REGION',
    'FILE_STORAGE_PUBLIC_ENDPOINT',
  ];
  return { FILE_STORAGE_ENDPOINT: endpoint, ...pick(inherited, passed) };
}

/** Where browsers reach files that are kept on disk, when that is known beforehand. */
function publicFiles({ config: { FILE_STORAGE_PORT: port } }: EnvironmentInput): Variables {
  return port === 0 ? {} : { FILE_STORAGE_PUBLIC_URL: `http://localhost:${port}` };
}

function pick(from: EnvironmentInput['inherited'], names: readonly string[]): Variables {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));
}

/** What concerns the vendors of AI goes to the one process that may call them. */
function vendors({ inherited }: EnvironmentInput): Variables {
  return pick(
    inherited,
    Object.keys(inherited).filter((name) => /^(OPENAI|GOOGLE)_/.test(name)),
  );
}

/** ACCOUNTS_URL, CLASSES_URL, … as gateway and realtime read them. */
async function subgraphUrls({ urlOf }: EnvironmentInput): Promise<Variables> {
  const entries = SUBGRAPHS.map(async (name) => [`${name.toUpperCase()}_URL`, `${await urlOf(name)}/graphql`] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function edge(input: EnvironmentInput): Promise<Variables> {
  return {
    ...identity(input),
    ...(await subgraphUrls(input)),
    ACCESS_TOKEN_SECRET: input.secrets.ACCESS_TOKEN_SECRET,
    CORS_ORIGINS: (await input.urlOf('app')).replace('127.0.0.1', 'localhost'),
  };
}

const OWN: Readonly<Record<ServiceName, (input: EnvironmentInput) => Promise<Variables>>> = {
  traces: async ({ config }) => ({ PORT: String(config.TRACES_PORT) }),
  accounts: async (input) => ({
    ...subgraph('accounts', input),
    PORT: String(input.config.ACCOUNTS_PORT),
    ACCESS_TOKEN_SECRET: input.secrets.ACCESS_TOKEN_SECRET,
    REFRESH_TOKEN_SECRET: input.secrets.REFRESH_TOKEN_SECRET,
    DEMO_ACCOUNTS: 'true',
  }),
  classes: async (input) => ({ ...subgraph('classes', input), PORT: String(input.config.CLASSES_PORT) }),
  files: async (input) => ({
    ...subgraph('files', input),
    ...storage(input),
    PORT: String(input.config.FILES_PORT),
    FILE_STORAGE_PORT: String(input.config.FILE_STORAGE_PORT),
    ...publicFiles(input),
    CORS_ORIGINS: (await input.urlOf('app')).replace('127.0.0.1', 'localhost'),
  }),
  notes: async (input) => ({ ...subgraph('notes', input), ...storage(input), PORT: String(input.config.NOTES_PORT) }),
  assistant: async (input) => ({ ...subgraph('assistant', input), PORT: String(input.config.ASSISTANT_PORT) }),
  meetings: async (input) => ({
    ...subgraph('meetings', input),
    ...storage(input),
    ...publicFiles(input),
    ...pick(input.inherited, [
      'TURN_SERVER',
      'TURN_SECRET',
      'TURN_LIFETIME_SECONDS',
      'MEDIA_REGION',
      'RECORDING_RETENTION_DAYS',
    ]),
    PORT: String(input.config.MEETINGS_PORT),
    MEETING_TICKET_SECRET: input.secrets.MEETING_TICKET_SECRET,
  }),
  'notes-worker': async (input) => ({
    ...redis(input),
    ...storage(input),
    PORT: String(input.config.NOTES_WORKER_PORT),
  }),
  'ocr-worker': async (input) => ({
    ...redis(input),
    ...storage(input),
    ...identity(input),
    PORT: String(input.config.OCR_WORKER_PORT),
    AI_PROXY_URL: await input.urlOf('ai-proxy'),
  }),
  'recording-worker': async (input) => ({
    ...redis(input),
    ...storage(input),
    PORT: String(input.config.RECORDING_WORKER_PORT),
  }),
  'ai-proxy': async (input) => ({
    ...redis(input),
    ...storage(input),
    ...identity(input),
    ...database('ai_proxy', input),
    ...vendors(input),
    PORT: String(input.config.AI_PROXY_PORT),
  }),
  media: async (input) => ({
    ...redis(input),
    ...storage(input),
    ...identity(input),
    PORT: String(input.config.MEDIA_PORT),
  }),
  realtime: async (input) => ({ ...(await edge(input)), ...redis(input), PORT: String(input.config.REALTIME_PORT) }),
  gateway: async (input) => ({
    ...(await edge(input)),
    ...redis(input),
    PORT: String(input.config.GATEWAY_PORT),
    REALTIME_URL: await input.urlOf('realtime'),
  }),
  probe: async (input) => ({
    ...pick(input.inherited, ['PROBE_EVERY_SECONDS', 'PROBE_TIMEOUT_SECONDS']),
    PORT: String(input.config.PROBE_PORT),
    PROBE_URL: `${await input.urlOf('gateway')}/graphql`,
    PROBE_EMAIL: 'teacher@demo.terakoya.school',
    PROBE_PASSWORD: input.inherited['DEMO_PASSWORD'] ?? 'terakoya-demo',
  }),
  app: async (input) => ({
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_GRAPHQL_URL: `${(await input.urlOf('gateway')).replace('127.0.0.1', 'localhost')}/graphql`,
    NEXT_PUBLIC_TRACES_URL: await tracesUrl(input.inherited, input.urlOf),
  }),
};
