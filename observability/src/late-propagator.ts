import type { Context, TextMapSetter } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * Tells other processes the trace in W3C's `traceparent`, and of spans only such that may be kept. Baggage is not passed
 * on: whatever a client writes into it would travel through the whole school.
 */
export class LatePropagator extends W3CTraceContextPropagator {
  #told: (context: Context) => Context = (context) => context;

  /** From now on what is told of a context is said by `told`, which can be loaded when libraries are instrumented only. */
  tellOf(told: (context: Context) => Context): void {
    this.#told = told;
  }

  override inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    super.inject(this.#told(context), carrier, setter);
  }
}
