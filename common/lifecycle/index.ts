export { every } from './every';
export { createService, type Service } from './service';
export { runService } from './run-service';
export { closeInReverse, type Closable } from './closing';
export { poll, withTimeout } from './waiting';
