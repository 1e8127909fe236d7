export { GraphError, SchoolClient, type Answer } from './school-client';
export {
  createNotebook,
  loadNotebook,
  searchNotebook,
  startImport,
  uploadBytes,
  uploadFile,
  watchImport,
  type ImportProgress,
  type ImportedNotebook,
  type SearchHit,
} from './import-file';
