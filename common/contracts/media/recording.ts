import { z } from 'zod';

import { roomSchema } from './commands';
import { defineCommand } from './define-command';
import { mediaKindSchema, mediaSourceSchema } from './rtp';

/**
 * What `meetings` tells an SFU node of recordings; who may record is decided there. Errors: NOT_FOUND for a room or a
 * recording that is not there; CONFLICT while the room has another recording or after this one was stopped; UNAVAILABLE
 * where the node has no object store or no ffmpeg.
 */
const ofRecording = z.object({ room: roomSchema, recordingId: z.uuid() });

/**
 * Records every producer of the room that is sent to this node, those to come too, as segments whose keys begin with
 * `keyPrefix`. Starting twice is starting once.
 */
export const startRecording = defineCommand(
  'start-recording',
  ofRecording.extend({ keyPrefix: z.string().min(1).max(300).regex(/\/$/, 'must end in /') }),
  /** When the node began to record, milliseconds since the epoch. */
  z.object({ startedAt: z.int().positive() }),
);

/**
 * Ends a recording; answered when its last segment is stored and told of, after at most 40 s. Stopping twice is stopping
 * once, until the room closes.
 */
export const stopRecording = defineCommand(
  'stop-recording',
  ofRecording,
  /** When the node ceased to record, milliseconds since the epoch. */
  z.object({ stoppedAt: z.int().positive() }),
);

/** A track of a recording: what one producer sends. The track's id is the producer's. */
export const recordedTrackSchema = z.object({
  trackId: z.uuid(),
  participantId: z.uuid(),
  source: mediaSourceSchema,
  kind: mediaKindSchema,
});
export type RecordedTrack = z.output<typeof recordedTrackSchema>;

/** Some seconds of a track in the object store. */
export const recordedSegmentSchema = recordedTrackSchema.extend({
  /** Counts the track's segments from 0. */
  index: z.int().nonnegative(),
  key: z.string(),
  /** When its first frame came to the node, milliseconds since the epoch. */
  startedAt: z.int().positive(),
  durationMs: z.int().nonnegative(),
  contentType: z.string(),
  /** In bytes. */
  size: z.int().positive(),
});
export type RecordedSegment = z.output<typeof recordedSegmentSchema>;
