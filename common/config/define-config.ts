import { z } from 'zod';

import { ConfigurationError } from '../errors';

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
 * `VARIABLE=${VARIABLE:-}`.
 */
export function defineConfig<S extends z.ZodRawShape>(service: string, shape: S): ConfigSchema<S> {
  const schema = z.object(shape);
  return {
    service,
    shape,
    read(environment) {
      const parsed = schema.safeParse(withoutEmpty(environment));
      if (parsed.success) return Object.freeze(parsed.data);
      throw new ConfigurationError(
        parsed.error.issues.map((issue) => describeIssue(service, issue, environment)).join('\n'),
      );
    },
  };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

function describeIssue(service: string, issue: z.core.$ZodIssue, environment: Environment): string {
  const variable = issue.path.map(String).join('.');
  const isMissing = environment[variable] === undefined || environment[variable] === '';
  const rule = isMissing ? 'is not set' : issue.message.replace(/^Invalid input: /, 'is wrong: ');
  return `${service}: environment variable ${variable} ${rule}. See .env.example for what it means.`;
}
