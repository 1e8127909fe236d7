import { commaList } from '../config';

/** The variable of every service that pages of other origins call. */
export const originsShape = {
  CORS_ORIGINS: commaList()
    .prefault('http://localhost:3000')
    .describe('Web origins whose pages may call, separated by commas.'),
};

/** Whether a page of this origin may call: no origin is no page of another site, `host` is our own. */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
