export { buildShape } from './build-shape';
export { defineConfig, type ConfigOf, type ConfigSchema, type Environment } from './define-config';
export { commaList, flag, port, secret, url } from './fields';
export { serviceShape } from './service-shape';
export { Secret } from './secret';
