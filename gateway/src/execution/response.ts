/** An error as clients are told it (GraphQL specification, 7.1.6); `extensions.code` is one of ERROR_CODES. */
export interface ResponseError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  /** Response names and list indices from the root to where the value is missing. */
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What an execution came to. */
export interface Executed {
  /** The `data` member as JSON text, ready to be sent; `null` when nothing could be told. */
  readonly data: string;
  /** Why parts of the data are missing, already fit for clients. */
  readonly errors: readonly ResponseError[];
  /** What the client said may come later (`@defer`), in the order it is ready; undefined when nothing does. */
  readonly deferred?: AsyncIterable<readonly DeferredPart[]>;
}

/** A part of the data that is delivered after the rest. */
export interface DeferredPart {
  /** The `label` of its `@defer`. */
  readonly label: string | undefined;
  /** The object it belongs to. */
  readonly path: readonly (string | number)[];
  /** Its fields as JSON text. */
  readonly data: string;
  readonly errors: readonly ResponseError[];
}

/** A response as objects, for those who read it rather than pass it on. */
export interface Result {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ResponseError[];
}

export function toResult({ data, errors }: Executed): Result {
  const read = JSON.parse(data) as Result['data']; // the execution wrote it as the schema says
  return { data: read, ...(errors.length > 0 ? { errors } : {}) };
}

/** A whole GraphQL response as JSON text; the data is not made into text again. */
export function responseText({ data, errors }: Executed, extensions?: Readonly<Record<string, unknown>>): string {
  const told = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : '';
  const extended = extensions ? `,"extensions":${JSON.stringify(extensions)}` : '';
  return `{${told}"data":${data}${extended}}`;
}
