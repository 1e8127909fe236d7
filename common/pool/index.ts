export { createPool, type Pool, type PoolOptions, type PoolRun } from './pool';
export { threadTask } from './thread-task';
