/** What a log tells of an error. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** Where it was thrown, without its message. */
  readonly stack: string;
  readonly cause?: DescribedError;
}

const MOST_CAUSES = 5;

/**
 * An error without its own fields: libraries put there whatever they were given, such as the parameters of a query. Of an
 * error of the database only its code and the names of what it concerns are told, as its messages quote values.
 */
export function describeError(error: Error, depth = 0): DescribedError {
  const { cause } = error;
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: messageOf(error),
    ...codeOf(error),
    stack: placesOf(error),
    ...(cause instanceof Error && depth < MOST_CAUSES ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function codeOf(error: Error): { code?: string } {
  return 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
}

/** `severity` and `routine` are of PostgreSQL's error responses, and TypeORM copies them. */
function messageOf(error: Error): string {
  if (!('driverError' in error) && !('severity' in error && 'routine' in error)) return error.message;
  const named = Object.entries(error)
    .filter(([key, value]) => ['table', 'column', 'constraint', 'routine'].includes(key) && typeof value === 'string')
    .map(([key, value]) => `${key} ${String(value)}`);
  return `the database refused a statement (${['code' in error ? String(error.code) : '', ...named].filter(Boolean).join(', ')})`;
}

function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
