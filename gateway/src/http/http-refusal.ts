import { type ErrorCode, SchoolError } from '@terakoya/common/errors';

/** A request that is not what the GraphQL-over-HTTP specification asks for, or cannot be served now, with the status. */
export class HttpRefusal extends SchoolError {
  override readonly name = 'HttpRefusal';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    code: ErrorCode = 'BAD_USER_INPUT',
  ) {
    super(code, message);
  }
}
