export type { ObjectStorage, SignedDownload, SignedUpload, StoredObject } from './storage';
export { createStorage } from './create-storage';
export { storageShape, type StorageConfig } from './storage-shape';
export { createObjectServer } from './object-server';
export { createDiskStorage, type DiskStorage } from './disk-storage';
