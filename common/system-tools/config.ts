import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where tools are looked for: the environment as it is when asked. */
export function toolEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** Where tools are unpacked that cannot be installed. */
export function toolCache(): string {
  return process.env.TERAKOYA_CACHE ?? join(homedir(), '.cache', 'terakoya', 'tools');
}
