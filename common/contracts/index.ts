export { defineEvent, type EventContract, type EventPayload } from './define-event';
export { defineTask, type TaskContract, type TaskPayload, type TaskResult, type TaskOutcome } from './define-task';
export { LIMITS } from './limits';
export { boxSchema, pageTextSchema, wordSchema, type Box, type PageText, type Word } from './page-text';
export { documentSchema, storedImageSchema, type SourceDocument, type StoredImage } from './documents';
export { ACCEPTED_TYPES, acceptedTypeSchema, type AcceptedType } from './accepted-types';
export { sessionEnded } from './events/accounts';
export { fileCompleted, fileDeleted } from './events/files';
export {
  NOTEBOOK_CHANGE_KINDS,
  importCompleted,
  notebookChanged,
  notebookDeleted,
  pageRead,
  type NotebookChangeKind,
} from './events/notes';
export { summaryReady } from './events/assistant';
export { classMemberChanged } from './events/classes';
export { peerLost, producerLost, roomLost, speakerChanged } from './events/media';
export { EVENTS } from './events';
export * as mediaCommands from './media/commands';
export type { MediaPeer, MediaRoom } from './media/commands';
export { openPlainTransport } from './media/plain';
export type { MediaCommand, MediaRequest, MediaResponse } from './media/define-command';
export {
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportOptionsSchema,
  type MediaDirection,
  type MediaSource,
  type RtpCapabilities,
  type RtpParameters,
  type TransportOptions,
} from './media/rtp';
export { inspectDocument } from './tasks/inspect-document';
export { renderPage } from './tasks/render-page';
export { readPage } from './tasks/read-page';
export { summariseNotebook } from './tasks/summarise-notebook';
export { TASKS } from './tasks';
