import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import { BadInputError, ForbiddenError, NotFoundError, type SchoolError, isSchoolError } from '@terakoya/common/errors';
import {
  type HttpHost,
  type RequestHandler,
  createHttpHost,
  readBody,
  sendJson,
  statusOf,
} from '@terakoya/common/http';
import type { Logger } from '@terakoya/common/logging';
import { withSpan } from '@terakoya/common/telemetry';

import type { CommandHandler } from './command-handler';

export interface ControlServerOptions {
  readonly host: string;
  readonly port: number;
  readonly identityHeaders: IdentityHeaders;
  readonly commands: readonly CommandHandler[];
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  /** Hears of each command what came of it and how long it took. */
  readonly onCommand: (name: string, code: string, seconds: number) => void;
  readonly logger: Logger;
}

const PREFIX = '/control/';
const MAX_BODY_BYTES = 128 * 1024;

/** Takes each command from whom its contract names, and from nobody else: `POST /control/<command>`. */
export function createControlServer(options: ControlServerOptions): HttpHost {
  const commands = new Map(options.commands.map((command) => [command.name, command]));
  const handle: RequestHandler = async (request, response) => {
    const began = performance.now();
    const tell = (command: string, code: string): void =>
      options.onCommand(command, code, (performance.now() - began) / 1_000);
    const name = (request.url ?? '').slice(PREFIX.length);
    const command = request.method === 'POST' && request.url?.startsWith(PREFIX) ? commands.get(name) : undefined;
    try {
      if (!command) throw new NotFoundError('command', name);
      const { caller } = options.identityHeaders.verify(request.headers[IDENTITY_HEADER]);
      if (caller !== command.caller)
        throw new ForbiddenError(`Media nodes take this command from ${command.caller} only.`);
      const body = parseJson(await readBody(request, MAX_BODY_BYTES));
      const answer = await withSpan(`media ${name}`, {}, () => command.run(body));
      tell(name, 'OK');
      sendJson(response, 200, answer);
    } catch (error) {
      if (!isSchoolError(error)) options.logger.error({ err: error, command: command?.name }, 'a command failed');
      const told = isSchoolError(error) ? clientError(error) : DEFECT;
      if (command) tell(name, told.body.code);
      sendJson(response, told.status, told.body);
    }
  };
  const { host, port, readiness } = options;
  return createHttpHost({ service: 'media', host, port, routes: ['/control'], readiness, handle });
}

const DEFECT = { status: 500, body: { code: 'INTERNAL_SERVER_ERROR', message: 'The command failed.', details: {} } };

function clientError({ code, message, details }: SchoolError) {
  return { status: statusOf(code), body: { code, message, details } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadInputError('request', 'is not JSON', cause);
  }
}
