import { ERROR_CODES } from '@terakoya/common/errors';

import { framesIn } from './frames';

/** Statuses that docs/guards.md and the GraphQL-over-HTTP specification name; 500 is a defect. */
const STATUSES = new Set([101, 200, 204, 302, 304, 400, 403, 401, 404, 405, 406, 408, 413, 415, 426, 429, 431, 503]);

/** Close codes of RFC 6455, of graphql-transport-ws and of docs/guards.md; 4500 is a defect. */
const CLOSE_CODES = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1009, 1012, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429,
]);

/** What was answered, and whatever is wrong with it. */
export interface Judgement {
  readonly said: readonly string[];
  readonly wrong: readonly string[];
}

/** An HTTP response: a documented status, and documented codes in its errors. */
export function judgeHttp(bytes: Buffer, isWhole: boolean): Judgement {
  const text = bytes.toString('utf8');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  if (status === 0) return { said: ['closed'], wrong: isWhole ? ['a whole request got no response'] : [] };
  const said = [`HTTP ${status}`];
  if (!STATUSES.has(status)) return { said, wrong: [`HTTP ${status}`] };
  const from = bytes.indexOf('\r\n\r\n') + 4;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0); // bytes that were changed can be two requests
  const body = bytes.subarray(from, from + length).toString('utf8');
  if (!/content-type: application\/(graphql-response\+)?json/i.test(text) || body === '') return { said, wrong: [] };
  return together({ said, wrong: [] }, judgeBody(body));
}

/** Frames of a WebSocket: documented codes in the messages, and a documented close code. */
export function judgeWebSocket(bytes: Buffer): Judgement {
  const end = bytes.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(bytes.toString('latin1'))?.[1] ?? 0);
  if (status !== 101) return judgeHttp(bytes, false);
  let judgement: Judgement = { said: ['HTTP 101'], wrong: [] };
  for (const { opcode, payload } of framesIn(bytes.subarray(end + 4))) {
    if (opcode === 1) judgement = together(judgement, judgeMessage(payload.toString('utf8')));
    if (opcode !== 8) continue;
    const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
    const wrong = CLOSE_CODES.has(code) ? [] : [`close ${code} ${payload.subarray(2).toString('utf8')}`];
    judgement = together(judgement, { said: [`close ${code}`], wrong });
  }
  return judgement;
}

function judgeMessage(text: string): Judgement {
  const message = JSON.parse(text) as { type: string; payload?: unknown }; // the server speaks JSON or is wrong
  const said = [`message ${message.type}`];
  if (message.type === 'error') return together({ said, wrong: [] }, judgeErrors(message.payload));
  return together({ said, wrong: [] }, judgeResponse(message.payload ?? {}));
}

function judgeBody(body: string): Judgement {
  try {
    const parsed: unknown = JSON.parse(body);
    const entries: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return entries.map((entry) => judgeResponse(entry as { data?: unknown; errors?: unknown } | null)).reduce(together);
  } catch {
    return { said: [], wrong: [`the body is no JSON: ${body.slice(0, 80)}`] };
  }
}

function judgeResponse(response: { data?: unknown; errors?: unknown } | null): Judgement {
  const said = response?.data ? [response.errors ? 'partial data' : 'data'] : [];
  return together({ said, wrong: [] }, judgeErrors(response?.errors));
}

function judgeErrors(errors: unknown): Judgement {
  if (!Array.isArray(errors)) return { said: [], wrong: [] };
  const codes = errors.map((error: { extensions?: { code?: unknown } }) => String(error.extensions?.code));
  const isDefect = (code: string): boolean => !(code in ERROR_CODES) || code === 'INTERNAL_SERVER_ERROR';
  return {
    said: codes,
    wrong: codes.filter(isDefect).map((code) => `code ${code}: ${JSON.stringify(errors).slice(0, 300)}`),
  };
}

function together(a: Judgement, b: Judgement): Judgement {
  return { said: [...a.said, ...b.said], wrong: [...a.wrong, ...b.wrong] };
}
