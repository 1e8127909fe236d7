import { RateLimit } from './rate-limit';

const WINDOW_MS = 10_000;

const inTenSeconds = (perUser: number): RateLimit => new RateLimit({ perUser, windowMs: WINDOW_MS });

/** How often one user may send what can be sent often. A pen sends a few times a second, speech somewhat less often. */
export function createRateLimits() {
  return {
    reactions: inTenSeconds(20),
    messages: inTenSeconds(20),
    votes: inTenSeconds(20),
    strokes: inTenSeconds(100),
    notes: inTenSeconds(20),
    captions: inTenSeconds(60),
    signals: inTenSeconds(100),
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;
