/** Micro-USD per million tokens, so that every sum is a whole number. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/**
 * OpenAI's standard list prices for requests of at most 272,000 input tokens. Input counts at the price of a cache
 * write where the model has one (1.25 × plain input), because any prompt may become one; cached input's discount is
 * left out, so that we never count less than is billed. Source: https://developers.openai.com/api/docs/pricing as
 * reported in September and October 2026. Compare with that page before raising the spend limit:
 * OPENAI_INPUT_PRICE and OPENAI_OUTPUT_PRICE take the place of these figures.
 */
export const OPENAI_PRICES: Readonly<Record<string, TokenPrice>> = {
  'gpt-6-luna': { input: 125_000, output: 500_000 },
  'gpt-6-sol': { input: 2_500_000, output: 10_000_000 },
  'gpt-6.1-terra': { input: 1_250_000, output: 5_000_000 },
  'gpt-6.1-sol': { input: 2_500_000, output: 10_000_000 },
  'gpt-5.4-mini': { input: 750_000, output: 4_500_000 },
};

/**
 * Google Cloud Vision, one DOCUMENT_TEXT_DETECTION of one image: 1.50 USD per 1,000. The first 1,000 a month are free,
 * which we do not count on. Source: https://cloud.google.com/vision/pricing as reported in May 2026.
 */
export const VISION_IMAGE_MICRO_USD = 1_500;

/** The cost of so many tokens in micro-USD, rounded up. */
export function tokenCost(price: TokenPrice, inputTokens: number, outputTokens: number): number {
  return Math.ceil((inputTokens * price.input + outputTokens * price.output) / 1_000_000);
}
