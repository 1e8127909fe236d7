import type { Context } from '@opentelemetry/api';

/**
 * A context that remembers one value and asks the context it was made of for all others: a span adds one or two. The API's
 * own copies a map of everything for each value.
 */
export class LinkedContext implements Context {
  private constructor(
    private readonly outside: Context,
    private readonly key: symbol | undefined,
    private readonly value: unknown,
  ) {}

  /** A context with the values of `outside`, to which more are added cheaply. */
  static of(outside: Context): LinkedContext {
    return outside instanceof LinkedContext ? outside : new LinkedContext(outside, undefined, undefined);
  }

  getValue(key: symbol): unknown {
    return key === this.key ? this.value : this.outside.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new LinkedContext(this, key, value);
  }

  deleteValue(key: symbol): Context {
    return new LinkedContext(this, key, undefined);
  }
}
