import { z } from 'zod';

import { ConfigurationError } from '../errors';
import { withFiles } from './files-of-variables';
import { Secret } from './secret';
import { weaknessOf } from './weak-secrets';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A set of environment variables: parsed once into a typed, frozen object; documented by `.describe()`. */
export interface ConfigSchema<S extends z.ZodRawShape> {
  readonly service: string;
  readonly shape: S;
  /** Parses the environment, or throws ConfigurationError with one line for every wrong variable. */
  read(environment: Environment): Readonly<z.output<z.ZodObject<S>>>;
}

export type ConfigOf<C> = C extends ConfigSchema<infer S> ? Readonly<z.output<z.ZodObject<S>>> : never;

/**
 * Defines the variables one service reads. Empty strings count as unset, as in a compose file that passes
 * `VARIABLE=${VARIABLE:-}`. Each may be given as `VARIABLE_FILE` too, the path of a file that holds it. Where NODE_ENV is
 * production, weak secrets are refused.
 */
export function defineConfig<S extends z.ZodRawShape>(service: string, shape: S): ConfigSchema<S> {
  const schema = z.object(shape);
  return {
    service,
    shape,
    read(environment) {
      const given = withoutEmpty(withFiles(service, Object.keys(shape), environment));
      const parsed = schema.safeParse(given);
      if (!parsed.success) {
        throw new ConfigurationError(
          parsed.error.issues.map((issue) => describeIssue(service, issue, given)).join('\n'),
        );
      }
      if (given['NODE_ENV'] === 'production') requireStrongSecrets(service, parsed.data, given);
      return Object.freeze(parsed.data);
    },
  };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

/** Secrets that were not given are those of what is not used in production. */
function requireStrongSecrets(service: string, config: Readonly<Record<string, unknown>>, given: Environment): void {
  const lines = Object.entries(config).flatMap(([name, value]) => {
    const weakness = value instanceof Secret && name in given ? weaknessOf(value) : undefined;
    return weakness === undefined
      ? []
      : [`${service}: ${name} ${weakness}, and this is production. Set a random one: openssl rand -hex 32`];
  });
  if (lines.length > 0) throw new ConfigurationError(lines.join('\n'));
}

function describeIssue(service: string, issue: z.core.$ZodIssue, environment: Environment): string {
  const variable = issue.path.map(String).join('.');
  const isMissing = environment[variable] === undefined;
  const rule = isMissing ? 'is not set' : issue.message.replace(/^Invalid input: /, 'is wrong: ');
  return `${service}: environment variable ${variable} ${rule}. See .env.example for what it means.`;
}
