import { documentSchema, fileCompleted, fileDeleted } from '@terakoya/common/contracts';
import type { Database } from '@terakoya/common/database';
import { consumeOnce } from '@terakoya/common/outbox';
import { type EventHandler, onEvent } from '@terakoya/common/streams';

import type { ImportService } from '../import/import.service';
import { uploadedFileRepository } from './uploaded-file.repository';

/** Keeps what is to be known of files, from the events of `files`; an event that comes again changes nothing. */
export class UploadedFileService {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportService,
  ) {}

  handlers(): EventHandler[] {
    return [
      onEvent(fileCompleted, async ({ ownerId, ...file }, event) => {
        await this.database.transaction(async (manager) => {
          if (!(await consumeOnce(manager, event.id))) return;
          await uploadedFileRepository.recordCompleted(manager, ownerId, documentSchema.parse(file));
        });
        await this.imports.startWaiting(file.fileId);
      }),
      onEvent(fileDeleted, async ({ ownerId, fileId }, event) => {
        await this.database.transaction(async (manager) => {
          if (!(await consumeOnce(manager, event.id))) return;
          await uploadedFileRepository.recordDeleted(manager, ownerId, fileId);
        });
      }),
    ];
  }
}
