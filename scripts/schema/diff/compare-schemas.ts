import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** A change that clients may notice: breaking ones can fail operations, dangerous ones can surprise their code. */
export interface SchemaChange {
  readonly level: 'breaking' | 'dangerous' | 'safe';
  /** Which rule of GraphQL Inspector found it, such as FIELD_REMOVED. */
  readonly type: string;
  /** Where, such as `Page.text`. */
  readonly path: string;
  readonly message: string;
}

const LEVELS = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
} as const;

/** Descriptions are for people, and of the directives that clients see, `@deprecated` has changes of its own. */
const NO_CHANGE_FOR_CLIENTS = /DESCRIPTION|^DIRECTIVE_USAGE_/;

/** Every change between two schemas given as SDL that clients can notice, the gravest first. */
export async function compareSchemas(before: string, after: string): Promise<readonly SchemaChange[]> {
  const changes = (await diff(buildSchema(before), buildSchema(after))).map(present);
  const order = Object.values(LEVELS);
  return changes
    .filter(({ type }) => !NO_CHANGE_FOR_CLIENTS.test(type))
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || a.path.localeCompare(b.path));
}

function present({ criticality, type, path = '', message }: Change): SchemaChange {
  return { level: LEVELS[criticality.level], type: String(type), path, message };
}
