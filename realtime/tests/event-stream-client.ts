import { type IncomingMessage, request } from 'node:http';

/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

export interface StreamRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens an event stream; `events` grows as they come. */
export async function openStream({ url, method = 'POST', body, headers = {} }: StreamRequest) {
  const events: ServerEvent[] = [];
  const comments: string[] = [];
  const given = { accept: 'text/event-stream', ...(body ? { 'content-type': 'application/json' } : {}), ...headers };
  const sent = request(url, { method, headers: given });
  sent.on('error', () => undefined); // it is destroyed by the test, or the answer tells
  sent.end(body ? JSON.stringify(body) : undefined);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  let rest = '';
  let text = '';
  response.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    rest += chunk.toString('utf8');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
      if (fields.every(([name]) => name === '')) comments.push(block);
      const of = (name: string): string | null => fields.find(([each]) => each === name)?.[1]?.trim() ?? null;
      const data = of('data');
      if (data !== null) events.push({ event: of('event') ?? 'message', id: of('id'), data });
    }
  });
  response.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => response.once('close', () => resolve(text)));
  return {
    events,
    comments,
    ended,
    status: response.statusCode,
    headers: response.headers,
    stop: () => sent.destroy(),
  };
}
