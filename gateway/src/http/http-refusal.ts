import { SchoolError } from '@terakoya/common/errors';

/** A request that is not what the GraphQL-over-HTTP specification asks for, with the status that says so. */
export class HttpRefusal extends SchoolError {
  override readonly name = 'HttpRefusal';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super('BAD_USER_INPUT', message);
  }
}
