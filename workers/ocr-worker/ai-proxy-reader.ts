import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import { pageTextSchema } from '@terakoya/common/contracts';
import { ERROR_CODES, type ErrorCode, SchoolError, UnavailableError } from '@terakoya/common/errors';

import type { PageReader } from '../tasks/read-page/page-reader';
import { OCR_CALLER, OCR_PATH, ocrFailureSchema } from './ocr-request';

export interface AiProxyReaderOptions {
  /** Where ai-proxy listens. */
  readonly url: string;
  readonly identityHeaders: IdentityHeaders;
  readonly timeoutMs: number;
}

/**
 * Reads an image by way of ai-proxy, which alone may call the vendor. Its failures arrive with their own codes
 * (SPEND_LIMIT_REACHED, RATE_LIMITED, …); one that cannot be reached is UNAVAILABLE.
 */
export function createAiProxyReader({ url, identityHeaders, timeoutMs }: AiProxyReaderOptions): PageReader {
  const address = new URL(OCR_PATH, url);
  return {
    async read(image, languages, signal) {
      const response = await ask(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [IDENTITY_HEADER]: identityHeaders.sign({ caller: OCR_CALLER, viewer: null }),
        },
        body: JSON.stringify({ key: image.key, languages }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      signal.throwIfAborted();
      if (!response.ok) throw failureOf(response.body);
      return pageTextSchema.parse(response.body);
    },
  };
}

async function ask(address: URL, request: RequestInit): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(address, request);
    return { ok: response.ok, body: await response.json() };
  } catch (cause) {
    throw new UnavailableError('ai-proxy cannot be reached.', cause);
  }
}

function failureOf(body: unknown): SchoolError {
  const parsed = ocrFailureSchema.safeParse(body);
  if (!parsed.success) return new UnavailableError('ai-proxy answered with something else.');
  const { code, message } = parsed.data.error;
  return new SchoolError(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR', message);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
