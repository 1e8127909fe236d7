/** Characters that JSON text cannot have as they are; lone surrogates are written as escapes by JSON.stringify. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Longer strings are cheaper to hand to the engine than to search here. */
const SHORT = 200;

/** A string as JSON text. */
export function quote(text: string): string {
  return text.length > SHORT || NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
