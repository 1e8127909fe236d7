import { readFileSync } from 'node:fs';

import { ConfigurationError } from '../errors';
import type { Environment } from './define-config';

/**
 * The variables of a schema, each from the environment or from the file that `NAME_FILE` names, as container platforms
 * hand over secrets; a line break at the file's end does not count. Throws ConfigurationError where both are set or the
 * file cannot be read.
 */
export function withFiles(service: string, names: readonly string[], environment: Environment): Environment {
  const own = new Set(names);
  const found: Record<string, string | undefined> = { ...environment };
  for (const name of names) {
    const pointer = `${name}_FILE`;
    const path = environment[pointer];
    if (own.has(pointer) || path === undefined || path === '') continue;
    if (environment[name]) {
      throw new ConfigurationError(`${service}: ${name} and ${pointer} are both set. Remove one of them.`);
    }
    found[name] = contentOf(service, pointer, path);
  }
  return found;
}

function contentOf(service: string, pointer: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ConfigurationError(
      `${service}: the file ${path}, which ${pointer} names, cannot be read. Does it exist, and may this user read it?`,
      { cause },
    );
  }
}
