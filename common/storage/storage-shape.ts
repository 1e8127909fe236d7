import { z } from 'zod';

import { type Secret, secret, url } from '../config';

/** The variables of a service that stores files: an S3 endpoint, or a folder. */
export const storageShape = {
  FILE_STORAGE_ENDPOINT: url('http', 'https')
    .optional()
    .describe('S3 endpoint: MinIO, AWS, Supabase Storage, …; without it files are kept in FILE_STORAGE_DIRECTORY.'),
  MINIO_ENDPOINT: url('http', 'https').optional().describe('Older name of FILE_STORAGE_ENDPOINT.'),
  FILE_STORAGE_PUBLIC_ENDPOINT: url('http', 'https')
    .optional()
    .describe('Where browsers reach the S3 endpoint: signed URLs name it; without it FILE_STORAGE_ENDPOINT.'),
  MINIO_ACCESS_KEY: z.string().optional().describe('Access key of the S3 endpoint.'),
  MINIO_SECRET_KEY: secret(8).optional().describe('Secret key of the S3 endpoint.'),
  FILE_STORAGE_BUCKET: z.string().default('terakoya').describe('Bucket; made when it is missing.'),
  FILE_STORAGE_REGION: z.string().default('us-east-1').describe('Region of the S3 endpoint.'),
  FILE_STORAGE_DIRECTORY: z.string().optional().describe('Folder of the files when there is no S3 endpoint.'),
  FILE_STORAGE_PUBLIC_URL: url('http', 'https')
    .default('http://localhost:9000')
    .describe('Where browsers reach files that are kept in a folder.'),
  FILE_STORAGE_SECRET: secret(32)
    .optional()
    .describe('Signs upload and download URLs of files that are kept in a folder.'),
};

/** The storage part of a service's configuration. */
export interface StorageConfig {
  readonly FILE_STORAGE_ENDPOINT?: string;
  readonly MINIO_ENDPOINT?: string;
  readonly FILE_STORAGE_PUBLIC_ENDPOINT?: string;
  readonly MINIO_ACCESS_KEY?: string;
  readonly MINIO_SECRET_KEY?: Secret;
  readonly FILE_STORAGE_BUCKET: string;
  readonly FILE_STORAGE_REGION: string;
  readonly FILE_STORAGE_DIRECTORY?: string;
  readonly FILE_STORAGE_PUBLIC_URL: string;
  readonly FILE_STORAGE_SECRET?: Secret;
}
