import { z } from 'zod';

import { IDENTITY_HEADER, type IdentityHeaders } from '@terakoya/common/auth';
import { type PageText, type StoredImage, pageTextSchema } from '@terakoya/common/contracts';
import { ERROR_CODES, type ErrorCode, SchoolError, UnavailableError } from '@terakoya/common/errors';

/** Reads images by a vendor behind ai-proxy. */
export interface VendorReader {
  read(image: StoredImage, signal: AbortSignal): Promise<PageText>;
}

const failureSchema = z.object({ code: z.string(), message: z.string() });

export function createAiProxyClient(baseUrl: string, headers: IdentityHeaders): VendorReader {
  return {
    async read(image, signal) {
      const response = await fetch(`${baseUrl}/v1/ocr`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [IDENTITY_HEADER]: headers.sign({ caller: 'ocr-worker', viewer: null }),
        },
        body: JSON.stringify({ image }),
        signal,
      }).catch((cause: unknown) => {
        throw new UnavailableError('ai-proxy cannot be reached.', cause);
      });
      const body: unknown = await response.json();
      if (response.ok) return pageTextSchema.parse(body);
      const failure = failureSchema.safeParse(body);
      const code =
        failure.success && failure.data.code in ERROR_CODES ? (failure.data.code as ErrorCode) : 'UNAVAILABLE'; // checked here
      throw new SchoolError(
        code,
        failure.success ? failure.data.message : 'ai-proxy gave an answer that cannot be read.',
      );
    },
  };
}
