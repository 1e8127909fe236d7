import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type FileEvents = ReturnType<typeof createFileEvents>;

/** The business events of files: each a count and a log line with ids. */
export function createFileEvents(logger: Logger) {
  const happened = counter('terakoya_file_events_total', 'File events by kind.', ['kind']);
  const stored = counter('terakoya_file_bytes_total', 'Bytes of completed uploads.');
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    uploadBegun: (fileId: string, userId: string) => tell('upload-begun', { fileId, userId }),
    completed: (fileId: string, userId: string, size: number) => {
      stored.inc(size);
      tell('upload-completed', { fileId, userId, size });
    },
    deleted: (fileId: string, userId: string) => tell('file-deleted', { fileId, userId }),
    abandonedRemoved: (files: number) => tell('abandoned-uploads-removed', { files }),
  };
}
