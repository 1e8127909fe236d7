import { readFileSync } from 'node:fs';

import { ImageAnnotatorClient } from '@google-cloud/vision';
import { JWT } from 'google-auth-library';
import { z } from 'zod';

import { ConfigurationError } from '@terakoya/common/errors';

import { orAborted } from '../../abortable';
import type { ImageReader, ReadingLanguages } from '../image-reader';
import type { PaidCalls } from '../paid-calls';
import { VISION_IMAGE_MICRO_USD } from '../prices';
import { VendorFailure, parseRetryAfter } from '../vendor-failure';
import { annotationSchema, annotationToText } from './annotation-to-text';
import { kindOfCode, visionFailure } from './vision-failure';

export interface VisionOptions {
  /** The JSON file of a service account. */
  readonly credentialsFile: string;
  /** Another address than Google's own, such as `https://eu-vision.googleapis.com`. */
  readonly baseUrl: string | undefined;
  readonly timeoutMs: number;
  readonly paidCalls: PaidCalls;
}

const credentialsSchema = z.object({
  type: z.literal('service_account'),
  private_key_id: z.string(),
  client_email: z.string(),
  private_key: z.string(),
});

const imageAnswerSchema = z.object({
  error: z.object({ code: z.number().nullish() }).nullish(),
  fullTextAnnotation: annotationSchema.nullish(),
});

const SCOPE = 'https://www.googleapis.com/auth/cloud-vision';
const LANGUAGE_HINTS = { jpn: 'ja', eng: 'en' } as const;

/** Print and handwriting read by Google Cloud Vision, over HTTP and JSON. */
export function createVisionImageReader(options: VisionOptions): ImageReader {
  const client = createClient(options);
  return {
    async read(image, languages, signal) {
      const call = { vendor: 'google-vision', model: 'document-text', worstMicroUsd: VISION_IMAGE_MICRO_USD };
      return options.paidCalls.make(call, signal, async (bounded) => ({
        answer: annotationToText(await annotate(client, image, languages, options.timeoutMs, bounded)),
        usage: { microUsd: VISION_IMAGE_MICRO_USD, inputTokens: 0, outputTokens: 0, images: 1 },
      }));
    },
    close: () => client.close(),
  };
}

/** The key is read here and signs each request by itself, so that the client looks for credentials nowhere else. */
function createClient({ credentialsFile, baseUrl, paidCalls }: VisionOptions): ImageAnnotatorClient {
  const { client_email, private_key, private_key_id } = readCredentials(credentialsFile);
  return new ImageAnnotatorClient({
    fallback: true,
    authClient: new JWT({
      email: client_email,
      key: private_key,
      keyId: private_key_id,
      scopes: [SCOPE],
      transporterOptions: { fetchImplementation: fetchHeeding(paidCalls) },
    }),
    ...(baseUrl === undefined ? {} : addressOf(new URL(baseUrl))),
  });
}

/** The package drops the headers of a failure, so that Retry-After is heeded here. */
function fetchHeeding(paidCalls: PaidCalls): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const seconds = response.ok ? undefined : parseRetryAfter(response.headers.get('retry-after'));
    if (seconds !== undefined) paidCalls.holdBack(seconds);
    return response;
  };
}

function addressOf(url: URL): { apiEndpoint: string; port: number; protocol: string } {
  const protocol = url.protocol.replace(':', '');
  return { apiEndpoint: url.hostname, port: Number(url.port) || (protocol === 'http' ? 80 : 443), protocol };
}

function readCredentials(file: string): z.output<typeof credentialsSchema> {
  try {
    return credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ConfigurationError(
      `ai-proxy: GOOGLE_APPLICATION_CREDENTIALS must name the JSON key file of a Google service account; ${file} is not readable as one.`,
    );
  }
}

async function annotate(
  client: ImageAnnotatorClient,
  image: Buffer,
  languages: ReadingLanguages,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<z.output<typeof annotationSchema> | null | undefined> {
  const request = {
    image: { content: image },
    features: [{ type: 'DOCUMENT_TEXT_DETECTION' as const }],
    imageContext: { languageHints: languages.map((language) => LANGUAGE_HINTS[language]) },
  };
  try {
    // the package takes no signal: who aborts stops waiting, and the request ends with its own time limit
    const [answer] = await orAborted(
      signal,
      client.batchAnnotateImages(
        { requests: [request] },
        { timeout: timeoutMs, maxRetries: 0, retry: { retryCodes: [] } },
      ),
    );
    const parsed = imageAnswerSchema.safeParse(answer.responses?.[0]);
    if (!parsed.success) throw new VendorFailure('google-vision', 'malformed');
    if (parsed.data.error) throw new VendorFailure('google-vision', kindOfCode(parsed.data.error.code));
    return parsed.data.fullTextAnnotation;
  } catch (error) {
    throw signal.aborted ? new VendorFailure('google-vision', 'lost', { cause: error }) : visionFailure(error);
  }
}
