export { databaseShape } from './database-shape';
export { createDatabase, type Database, type DatabaseOptions } from './database';
export { prepareDatabase, roleUrl } from './prepare-database';
export { decodeCursor, pageOf, pagesOf, type Page, type PageRequest } from './paging';
export { idCursor, parseCursor, possibleIds } from './ids';
export type { EntityManager } from 'typeorm';
