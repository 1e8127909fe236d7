export { createQueues, type NewJob, type Queues } from './queues';
export { implementTask, type TaskImplementation, type TaskRun } from './implement-task';
export { createTaskWorker, type TaskWorkerOptions } from './task-worker';
export {
  applyOutcome,
  createOutcomeConsumer,
  type OutcomeConsumerOptions,
  type OutcomeHandler,
} from './outcome-consumer';
