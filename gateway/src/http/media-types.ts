/** The media types a response can have (GraphQL over HTTP, draft of 2025, section 4). */
export type ResponseType = 'application/graphql-response+json' | 'application/json';

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8']);
const known = new Map<string, ResponseType | null>();
/** Clients send few different headers, but one that sends many must not fill the memory. */
const MOST_KNOWN = 100;

/** The first type of an `Accept` header that can be given; null when there is none. Without a header it is JSON. */
export function acceptedType(accept: string | undefined): ResponseType | null {
  if (!accept) return 'application/json';
  let type = known.get(accept);
  if (type === undefined) {
    type = firstAcceptable(accept);
    if (known.size < MOST_KNOWN) known.set(accept, type);
  }
  return type;
}

/** Whether a body of this `Content-Type` is JSON in UTF-8. */
export function isJsonBody(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const { type, charset } = parse(contentType ?? '');
  return type === 'application/json' && UTF8.has(charset);
}

function firstAcceptable(accept: string): ResponseType | null {
  for (const { type, charset } of accept.split(',').map(parse)) {
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
