import { z } from 'zod';

import { defineTask } from '../define-task';
import { recordedSegmentSchema } from '../media/recording';

/**
 * Makes one MP4 (H.264, AAC) of a recording's segments, as long as from `startedAt` to `endedAt` (milliseconds since the
 * epoch), under `outputKey`. Chapters begin `atMs` milliseconds after the start. CONFLICT when no segment can be read.
 */
export const composeRecording = defineTask({
  name: 'compose-recording',
  queue: 'recording',
  owner: 'meetings',
  payload: z
    .object({
      recordingId: z.uuid(),
      startedAt: z.int().positive(),
      endedAt: z.int().positive(),
      segments: z.array(recordedSegmentSchema).max(100_000),
      chapters: z.array(z.object({ atMs: z.int().nonnegative(), title: z.string().max(200) })).max(500),
      outputKey: z.string(),
    })
    .refine(({ startedAt, endedAt }) => endedAt > startedAt && endedAt - startedAt <= 12 * 3_600_000, {
      path: ['endedAt'],
      message: 'must be at most 12 hours after the start',
    }),
  result: z.object({
    key: z.string(),
    contentType: z.literal('video/mp4'),
    /** In bytes. */
    size: z.int().positive(),
    durationMs: z.int().positive(),
    hasVideo: z.boolean(),
    hasAudio: z.boolean(),
    /** Segments that were not in the store or could not be read. */
    skippedSegments: z.array(z.object({ trackId: z.uuid(), index: z.int().nonnegative() })),
  }),
  attempts: 3,
  timeoutMs: 4 * 3_600_000,
});
