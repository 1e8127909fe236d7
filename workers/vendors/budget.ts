/** A call that will cost money; amounts are whole micro-USD (millionths of a dollar). */
export interface PaidCall {
  readonly vendor: string;
  readonly model: string;
  /** What it costs at the very most. */
  readonly worstMicroUsd: number;
}

/** What a call turned out to use. */
export interface Usage {
  readonly microUsd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly images: number;
}

/** Money put aside for one call. Exactly one of `settle`, `release` and `lose` ends it. */
export interface Reservation {
  /** Says that the request leaves now; UNAVAILABLE when the reservation has expired in the meantime. */
  send(): Promise<void>;
  /** The call is answered: its real cost takes the place of the worst case. */
  settle(usage: Usage): Promise<void>;
  /** The vendor has certainly done nothing: the money is free again. */
  release(): Promise<void>;
  /** Nobody knows whether the vendor did the work: the worst case counts as spent. */
  lose(): Promise<void>;
}

/** The money that may be spent. */
export interface Budget {
  /** Puts the worst case aside, or throws SPEND_LIMIT_REACHED. */
  reserve(call: PaidCall): Promise<Reservation>;
}
