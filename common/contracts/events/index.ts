import type { EventContract } from '../define-event';
import { sessionEnded } from './accounts';
import { summaryReady } from './assistant';
import { classMemberChanged } from './classes';
import { fileCompleted, fileDeleted } from './files';
import { peerLost, producerLost, roomLost, speakerChanged } from './media';
import { meetingChanged, participantChanged } from './meetings';
import { nodeDraining } from './media-nodes';
import { importCompleted, notebookChanged, notebookDeleted, pageRead } from './notes';
import { recordingSegmentStored, recordingTrackFailed } from './recording';

/** Every event there is, by name. */
export const EVENTS: ReadonlyMap<string, EventContract> = new Map(
  [
    sessionEnded,
    fileCompleted,
    fileDeleted,
    notebookChanged,
    notebookDeleted,
    pageRead,
    importCompleted,
    summaryReady,
    classMemberChanged,
    roomLost,
    peerLost,
    producerLost,
    speakerChanged,
    meetingChanged,
    participantChanged,
    nodeDraining,
    recordingSegmentStored,
    recordingTrackFailed,
  ].map((contract) => [contract.name, contract]),
);
