export { closeRedis, connectRedis, type RedisConnection } from './connection';
export { redisShape } from './redis-shape';
export { createEpoch, type Epoch } from './epoch';
export { forgetSchool } from './forget';
