/** A JSON object as a subgraph gave it. */
export type JsonObject = Record<string, unknown>;

/** Where in a response: response names and list indices. */
export type ResponsePath = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of the object itself: a field may have the name of something that every JavaScript object inherits. */
export function ownOf(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
