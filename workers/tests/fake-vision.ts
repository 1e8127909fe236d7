import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type FakeAnswer, type FakeVendor, startFakeVendor } from './fake-vendor';

/** Google Cloud Vision's `images:annotate` over HTTP and JSON, enums as numbers as its REST interface is asked to. */
export function startFakeVision(): Promise<FakeVendor> {
  return startFakeVendor((request) => {
    if (!request.headers.authorization?.startsWith('Bearer ')) return visionError(401, 'UNAUTHENTICATED');
    const isKnown = request.method === 'POST' && request.path.startsWith('/v1/images:annotate');
    return isKnown ? annotated() : visionError(404, 'NOT_FOUND');
  });
}

export function annotated(): FakeAnswer {
  const fullTextAnnotation = {
    text: '光合成 plant\n',
    pages: [
      {
        width: 1000,
        height: 500,
        blocks: [
          {
            paragraphs: [
              { words: [word('光合成', [100, 50], [400, 100], 0.98), word('plant', [0, 50], [90, 100], 0.55)] },
            ],
          },
        ],
      },
    ],
  };
  return { status: 200, body: { responses: [{ fullTextAnnotation }] } };
}

/** An answer whose one image failed: the request itself is a success. */
export function imageError(code: number): FakeAnswer {
  return { status: 200, body: { responses: [{ error: { code, message: 'fake' } }] } };
}

export function visionError(httpStatus: number, status: string, retrySeconds?: number) {
  const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retrySeconds ?? 0}s` };
  const details = retrySeconds === undefined ? [] : [retryInfo];
  return { status: httpStatus, body: { error: { code: httpStatus, message: 'fake', status, details } } };
}

/** The key file of a service account that exists nowhere; returns its path. */
export function writeFakeCredentials(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(folder, 'service-account.json');
  writeFileSync(
    file,
    JSON.stringify({
      type: 'service_account',
      project_id: 'terakoya-test',
      private_key_id: 'test',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: 'reader@terakoya-test.iam.gserviceaccount.com',
      token_uri: 'http://127.0.0.1:9/never-used',
    }),
  );
  return file;
}

/** Zero coordinates are left out, as the vendor does. */
function word(text: string, [left, top]: [number, number], [right, bottom]: [number, number], confidence: number) {
  const vertex = (x: number, y: number) => ({ ...(x === 0 ? {} : { x }), ...(y === 0 ? {} : { y }) });
  return {
    symbols: [...text].map((character) => ({ text: character, confidence })),
    confidence,
    boundingBox: { vertices: [vertex(left, top), vertex(right, top), vertex(right, bottom), vertex(left, bottom)] },
  };
}
