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
export {
  MEETING_CHANGE_KINDS,
  PARTICIPANT_CHANGE_KINDS,
  meetingChanged,
  participantChanged,
  type MeetingChangeKind,
  type ParticipantChangeKind,
} from './events/meetings';
export { nodeDraining } from './events/media-nodes';
export { EVENTS } from './events';
export * as mediaCommands from './media/commands';
export * as pipeCommands from './media/pipes';
export type { MediaPeer, MediaRoom, ProducerHome } from './media/commands';
export type { PipeAsker, PipeEnd } from './media/pipes';
export type { MediaCaller, MediaCommand, MediaRequest, MediaResponse } from './media/define-command';
export { recordingSegmentStored, recordingTrackFailed } from './events/recording';
export { openPlainTransport } from './media/plain';
export {
  recordedSegmentSchema,
  startRecording,
  stopRecording,
  type RecordedSegment,
  type RecordedTrack,
} from './media/recording';
export {
  dtlsParametersSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sctpStreamParametersSchema,
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
export { composeRecording } from './tasks/compose-recording';
export { TASKS } from './tasks';
