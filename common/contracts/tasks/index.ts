import type { TaskContract } from '../define-task';
import { composeRecording } from './compose-recording';
import { inspectDocument } from './inspect-document';
import { readPage } from './read-page';
import { renderPage } from './render-page';
import { summariseNotebook } from './summarise-notebook';

/** Every task there is, by name. */
export const TASKS: ReadonlyMap<string, TaskContract> = new Map(
  [inspectDocument, renderPage, readPage, summariseNotebook, composeRecording].map((contract) => [
    contract.name,
    contract,
  ]),
);
