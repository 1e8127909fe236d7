import { describeError } from './describe-error';

/** Keys whose values never belong in a log, however deep they stand, in whatever case and with `_` or `-` between words. */
const SECRET_KEY =
  /^(.*(password|passphrase|secret|token|authorization|cookie|credential|signature|apikey|ticket)|e?mail|emailaddress|text|note|body|query|variables|parameters|detail|snippet|summary|displayname|content)$/;

const CENSORED = '[redacted]';
const MOST_DEPTH = 6;
const MOST_ITEMS = 50;

/** The fields of a log line without secrets and personal data; errors become what may be told of them. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(object: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, isSecret(key, value) ? CENSORED : redactValue(value, depth)]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (depth >= MOST_DEPTH) return '[nested too deep]';
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => redactValue(item, depth + 1));
  if (value instanceof Date || 'toJSON' in value) return value;
  return redactObject(value, depth + 1);
}

/** Numbers and flags, such as how many tokens were used, tell no secret. */
function isSecret(key: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'object') return false;
  return value !== null && SECRET_KEY.test(key.replaceAll(/[_-]/g, '').toLowerCase());
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  [/(:\/\/[^\s/:@"]*):[^\s/@"]+@/g, '$1:[redacted]@'],
  [/([?&](?:signature|token|x-amz-[\w-]+|password|secret)=)[^&\s"]+/gi, '$1[redacted]'],
];
/** Few lines have anything to look for; one pass tells. */
const SUSPICIOUS = /@|eyJ|bearer|basic|signature=|token=|x-amz|password=|secret=/i;

/** A text without what looks like an address, a token or the password of a URL. */
export function scrub(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return PATTERNS.reduce((clean, [pattern, by]) => clean.replace(pattern, by), text);
}
