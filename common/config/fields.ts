import { z } from 'zod';

import { Secret } from './secret';

/** A TCP port; 0 lets the system choose. */
export function port(): z.ZodCoercedNumber {
  return z.coerce.number().int().min(0).max(65535);
}

/** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`. */
export function flag(): z.ZodCodec<z.ZodString, z.ZodBoolean> {
  return z.stringbool();
}

/** An absolute URL of one of the given protocols (without the colon). */
export function url(...protocols: [string, ...string[]]): z.ZodURL {
  return z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be an absolute URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`,
  });
}

/** A secret of at least so many characters; it can be passed around but not printed. */
export function secret(minimumLength = 16) {
  return z
    .string()
    .min(minimumLength, `must have at least ${minimumLength} characters`)
    .transform((value) => new Secret(value));
}

/** `a, b,c` → `['a', 'b', 'c']`. */
export function commaList() {
  return z.string().transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
}
