export { createLogger, onLogLine, type Logger } from './logger';
