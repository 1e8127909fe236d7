import { join } from 'node:path';

import { generate } from '@graphql-codegen/cli';

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What mediasoup-client calls the same. */
function webrtcScalars(): Record<string, string> {
  const names = ['RtpCapabilities', 'RtpParameters', 'IceParameters', 'IceCandidate', 'DtlsParameters'];
  const sctp = ['SctpParameters', 'SctpStreamParameters'];
  return Object.fromEntries([...names, ...sctp].map((name) => [name, `import('mediasoup-client').types.${name}`]));
}

/** The types of the web app's operations, from the schema that clients see and the documents in its source. */
export async function webTypes(root: string, schemaSdl: string): Promise<GeneratedFile[]> {
  const files = (await generate(
    {
      schema: schemaSdl,
      documents: [join(root, 'web/src/**/*.{ts,tsx}'), `!${join(root, 'web/src/generated/**')}`],
      generates: {
        'web/src/generated/': {
          preset: 'client',
          presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
          config: {
            documentMode: 'string',
            scalars: { DateTime: 'string', URL: 'string', ...webrtcScalars() },
            enumsAsTypes: true,
            useTypeImports: true,
          },
        },
      },
      silent: true,
    },
    false,
  )) as { filename: string; content: string }[]; // the command returns what it would write
  return files.map(({ filename, content }) => ({ path: filename, text: content }));
}
