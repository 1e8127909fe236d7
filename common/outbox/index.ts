export { OutboxMigration1764000000000 } from './outbox.migration';
export { cancelJobs, consumeOnce, enqueue, publish, settle } from './outbox';
export { createRelay, type Relay } from './relay';
