import type { RecordedSegment } from '@terakoya/common/contracts';

/** A segment whose bytes are in a file of this machine. */
export interface LocalSegment extends RecordedSegment {
  readonly path: string;
}
