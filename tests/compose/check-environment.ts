import { messageOf } from '@terakoya/common/errors';

import { COMPOSE_VARIABLES } from '../../scripts/compose-variables';
import { SCHEMAS } from '../../scripts/config-schemas';
import type { ComposeFile, ComposeService } from './compose-file';

/** Strong enough for every secret, and a URL of whatever kind is asked for. */
const SECRET = '9f3c1e7a52d84b06a1c5e8d2b7f40369';
const NOT_OURS = /^(TMPDIR|HOSTNAME|APOLLO_TELEMETRY_DISABLED|NEXT_)/;

/** Whether each service of ours reads every variable it is given, and is given every variable it needs. */
export function environmentViolations({ services }: ComposeFile): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const schema = SCHEMAS.find(({ service: known }) => known === programOf(name, service));
    if (!schema) return [];
    const given = Object.keys(service.environment).map((key) => key.replace(/_FILE$/, ''));
    const known = new Set(SCHEMAS.flatMap(({ shape }) => Object.keys(shape)));
    const unread = given.filter((key) => !known.has(key) && !NOT_OURS.test(key));
    return [...unread.map((key) => `${name} is given ${key}, which nothing reads`), ...refusal(name, schema, service)];
  });
}

/** Variables that the file asks a deployment for and `.env.example` does not explain. */
export function unexplained(asked: ReadonlySet<string>): string[] {
  const known = new Set([...SCHEMAS.flatMap(({ shape }) => Object.keys(shape)), ...Object.keys(COMPOSE_VARIABLES)]);
  return [...asked].filter((name) => !known.has(name)).map((name) => `.env.example does not explain ${name}`);
}

/** The program that a container runs, by the name of its configuration. */
function programOf(name: string, { environment, command = [] }: ComposeService): string | undefined {
  const words = Array.isArray(command) ? command.join(' ') : command;
  if (words.includes('operations/migrate')) return 'migrate';
  if (words.includes('operations/account') && name !== 'account') return 'account';
  return environment['OTEL_SERVICE_NAME'];
}

function refusal(name: string, schema: (typeof SCHEMAS)[number], { environment }: ComposeService): string[] {
  const filled = Object.entries(environment).map(([key, value]) => {
    const isFile = key.endsWith('_FILE') && !(key in schema.shape);
    return isFile ? ([key.replace(/_FILE$/, ''), contentOf(key)] as const) : ([key, value] as const);
  });
  try {
    schema.read(Object.fromEntries(filled));
    return [];
  } catch (error) {
    return [`${name}: ${messageOf(error)}`];
  }
}

function contentOf(key: string): string {
  if (key.startsWith('DATABASE_URL')) return `postgres://role:${SECRET}@db:5432/terakoya`;
  if (key.startsWith('REDIS_URL')) return `redis://:${SECRET}@redis:6379`;
  return SECRET;
}
