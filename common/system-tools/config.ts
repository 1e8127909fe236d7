import { homedir } from 'node:os';
import { join } from 'node:path';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where tools are looked for: the environment as it is when asked. */
export function toolEnvironment(): Environment {
  return process.env;
}

/** Where tools are unpacked that cannot be installed; `TERAKOYA_CACHE` names another folder. */
export function toolCache(environment: Environment): string {
  return environment.TERAKOYA_CACHE || join(homedir(), '.cache', 'terakoya', 'tools');
}
