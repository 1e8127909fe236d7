export { checkHealth } from './check-health';
export { healthCheckConfig, healthUrl } from './config';
