export { startPostgres, type LocalPostgres, type PostgresOptions } from './postgres';
export { startRedis, type LocalRedis, type RedisOptions } from './redis';
export { freePort } from './free-port';
export { removeLocalData } from './local-data';
export { usePostgres } from './use-postgres';
