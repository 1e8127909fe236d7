import { type GraphQLOutputType, isListType, isNonNullType } from 'graphql';

import type { Executed, ResponseError } from '../../execution/response';
import type { RefusedField } from './filter-document';
import type { ResponseShape } from './response-shape';

const MESSAGES = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You may not do this.',
} as const;

/** Enough to tell what is refused without answering a list of a hundred with a hundred errors. */
const MOST_ERRORS = 20;

/** A null where a value must be: the parent becomes null instead (GraphQL specification, 6.4.4). */
const BROKEN = Symbol('a null that rises');

type Path = readonly (string | number)[];

/**
 * The response to what the client asked: refused fields are null, with an error of their code at each place, and a null
 * that may not be rises to its parent.
 */
export function refuseFields(executed: Executed, shape: ResponseShape): Executed {
  const errors: ResponseError[] = [...executed.errors];
  const refuse = ({ refusal, coordinate }: RefusedField, path: Path): void => {
    if (errors.length - executed.errors.length >= MOST_ERRORS) return;
    errors.push({ message: `${coordinate}: ${MESSAGES[refusal]}`, path: [...path], extensions: { code: refusal } });
  };
  const data: unknown = JSON.parse(executed.data);
  if (!isObject(data)) return executed;
  const told = ofObject(data, shape, [], refuse);
  return { data: told === BROKEN ? 'null' : JSON.stringify(told), errors };
}

type Refuse = (field: RefusedField, path: Path) => void;

function ofObject(
  data: Readonly<Record<string, unknown>>,
  shape: ResponseShape,
  path: Path,
  refuse: Refuse,
): Record<string, unknown> | typeof BROKEN {
  const told: Record<string, unknown> = {};
  let isBroken = false;
  for (const [name, value] of Object.entries(data)) {
    const field = shape.get(name);
    if (!field) told[name] = value;
    else if (field.refused) {
      const { responseName, isNonNull } = field.refused;
      if (responseName in data) continue; // allowed by way of another type
      refuse(field.refused, [...path, responseName]);
      told[responseName] = null;
      isBroken ||= isNonNull;
    } else {
      const inner = ofValue(value, field.type, field.below, [...path, name], refuse);
      told[name] = inner === BROKEN ? null : inner;
      isBroken ||= inner === BROKEN;
    }
  }
  return isBroken ? BROKEN : told;
}

/** BROKEN only when the type may not be null. */
function ofValue(value: unknown, type: GraphQLOutputType, shape: ResponseShape, path: Path, refuse: Refuse): unknown {
  if (!isNonNullType(type)) {
    const told = ofPresent(value, type, shape, path, refuse);
    return told === BROKEN ? null : told;
  }
  return ofPresent(value, type.ofType, shape, path, refuse);
}

function ofPresent(value: unknown, type: GraphQLOutputType, shape: ResponseShape, path: Path, refuse: Refuse): unknown {
  if (Array.isArray(value) && isListType(type)) {
    const items = value.map((item, index) => ofValue(item, type.ofType, shape, [...path, index], refuse));
    return items.includes(BROKEN) ? BROKEN : items;
  }
  return isObject(value) ? ofObject(value, shape, path, refuse) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
