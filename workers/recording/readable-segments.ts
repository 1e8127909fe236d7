import { isSchoolError, messageOf } from '@terakoya/common/errors';

import { listInput, piecesOf } from './concat-list';
import type { LocalSegment } from './local-segment';
import { type FfmpegContext, runFfmpeg } from './run-ffmpeg';
import type { Track } from './timeline';

/** What the concat demuxer says of a file; it goes on as if its input had ended there. */
const UNREADABLE = /Impossible to open '([^']+)'/;

/** The track without those segments that ffmpeg cannot open. Packets are read, nothing is decoded. */
export async function readableTrack(
  context: FfmpegContext,
  { trackId, segments }: Track<LocalSegment>,
): Promise<Track<LocalSegment>> {
  let left = segments;
  while (left.length > 0) {
    const input = await listInput(context, `read-${trackId}`, piecesOf(left));
    const complaints = await runFfmpeg(context, [...input, '-map', '0', '-c', 'copy', '-f', 'null', '-']).catch(
      (error: unknown) => {
        if (!isSchoolError(error)) throw error;
        return messageOf(error.cause);
      },
    );
    const bad = UNREADABLE.exec(complaints)?.[1];
    if (bad === undefined) break;
    left = left.filter(({ path }) => path !== bad);
  }
  return { trackId, segments: left };
}
