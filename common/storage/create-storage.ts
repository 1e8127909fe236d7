import { ConfigurationError } from '../errors';
import { createDiskStorage } from './disk-storage';
import { createS3Storage } from './s3-storage';
import type { ObjectStorage } from './storage';
import type { StorageConfig } from './storage-shape';

/** The store that the configuration names: S3 when there is an endpoint, else a folder. */
export function createStorage(config: StorageConfig): ObjectStorage {
  const endpoint = config.FILE_STORAGE_ENDPOINT ?? config.MINIO_ENDPOINT;
  if (endpoint !== undefined) {
    return createS3Storage({
      endpoint,
      publicEndpoint: config.FILE_STORAGE_PUBLIC_ENDPOINT ?? endpoint,
      bucket: config.FILE_STORAGE_BUCKET,
      region: config.FILE_STORAGE_REGION,
      accessKey: required(config.MINIO_ACCESS_KEY, 'MINIO_ACCESS_KEY'),
      secretKey: required(config.MINIO_SECRET_KEY, 'MINIO_SECRET_KEY'),
    });
  }
  return createDiskStorage({
    directory: required(config.FILE_STORAGE_DIRECTORY, 'FILE_STORAGE_ENDPOINT or FILE_STORAGE_DIRECTORY'),
    publicUrl: config.FILE_STORAGE_PUBLIC_URL,
    secret: required(config.FILE_STORAGE_SECRET, 'FILE_STORAGE_SECRET'),
  });
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new ConfigurationError(`storage: environment variable ${name} is not set. See .env.example.`);
  return value;
}
