/** The media types a response can have (GraphQL over HTTP, draft of 2025, section 4). */
export type ResponseType = 'application/graphql-response+json' | 'application/json';

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8']);
const MULTIPART = 'multipart/mixed';
const known = new Map<string, Accepted | null>();
/** Clients send few different headers, but one that sends many must not fill the memory. */
const MOST_KNOWN = 100;

/** How a response may be given. */
export interface Accepted {
  readonly type: ResponseType;
  /** Whether it may come in parts (`multipart/mixed`). */
  readonly inParts: boolean;
}

const BY_DEFAULT: Accepted = { type: 'application/json', inParts: false };

/** What an `Accept` header allows, the first type first; null when it can not be given. Without a header it is JSON. */
export function readAccept(accept: string | undefined): Accepted | null {
  if (!accept) return BY_DEFAULT;
  let accepted = known.get(accept);
  if (accepted === undefined) {
    accepted = acceptedBy(accept);
    if (known.size < MOST_KNOWN) known.set(accept, accepted);
  }
  return accepted;
}

/** Whether a client asks for a stream of server-sent events: by name, since whatever else it takes is no stream. */
export function acceptsEventStream(accept: string | undefined): boolean {
  return accept !== undefined && accept.split(',').some((range) => parse(range).type === 'text/event-stream');
}

/** Whether a body of this `Content-Type` is JSON in UTF-8. */
export function isJsonBody(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const { type, charset } = parse(contentType ?? '');
  return type === 'application/json' && UTF8.has(charset);
}

function acceptedBy(accept: string): Accepted | null {
  const ranges = accept.split(',').map(parse);
  const inParts = ranges.some(({ type }) => type === MULTIPART);
  const type = firstAcceptable(ranges) ?? (inParts ? 'application/json' : null);
  return type && { type, inParts };
}

function firstAcceptable(ranges: readonly ReturnType<typeof parse>[]): ResponseType | null {
  for (const { type, charset } of ranges) {
    if (!UTF8.has(charset)) continue;
    if (type === GRAPHQL) return GRAPHQL;
    if (JSON_TYPES.has(type)) return 'application/json';
  }
  return null;
}

function parse(text: string): { readonly type: string; readonly charset: string } {
  const [type = '', ...parameters] = text.toLowerCase().replace(/[\s"]/g, '').split(';');
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return { type, charset: charset ?? 'utf-8' };
}
