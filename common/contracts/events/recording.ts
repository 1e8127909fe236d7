import { z } from 'zod';

import { defineEvent } from '../define-event';
import { roomSchema } from '../media/commands';
import { recordedSegmentSchema, recordedTrackSchema } from '../media/recording';

const ofRecording = z.object({ room: roomSchema, nodeId: z.string(), recordingId: z.uuid() });

/** A segment of a recording is in the object store. */
export const recordingSegmentStored = defineEvent(
  'media.recording.segmentStored',
  ofRecording.extend(recordedSegmentSchema.shape),
);

/** A track is not recorded any further, though it is still sent; what was stored of it stays. */
export const recordingTrackFailed = defineEvent(
  'media.recording.trackFailed',
  ofRecording.extend(recordedTrackSchema.shape).extend({
    /** UNSUPPORTED: the codec cannot be recorded; LIMIT_EXCEEDED: the node records enough; BROKEN: its ffmpeg dies again and again. */
    reason: z.enum(['UNSUPPORTED', 'LIMIT_EXCEEDED', 'BROKEN']),
  }),
);
