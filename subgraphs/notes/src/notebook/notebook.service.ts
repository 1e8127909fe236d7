import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { notebookChanged, notebookDeleted } from '@terakoya/common/contracts';
import {
  type Database,
  type EntityManager,
  type Page,
  type PageRequest,
  decodeCursor,
  pageOf,
} from '@terakoya/common/database';
import { NotFoundError } from '@terakoya/common/errors';
import { cancelJobs, publish } from '@terakoya/common/outbox';
import type { ObjectStorage } from '@terakoya/common/storage';

import type { NotesEvents } from '../events';
import { importRepository } from '../import/import.repository';
import { isOwner } from '../ownership.policy';
import type { NotebookEntity } from './notebook.entity';
import { notebookRepository } from './notebook.repository';

/** Notebooks: made, renamed, deleted by their owner. */
export class NotebookService {
  constructor(
    private readonly database: Database,
    private readonly storage: ObjectStorage,
    private readonly events: NotesEvents,
  ) {}

  async create(viewer: Viewer | null, title: string): Promise<NotebookEntity> {
    const { userId } = requireViewer(viewer);
    const now = new Date();
    const notebook: NotebookEntity = {
      id: uuid(),
      ownerId: userId,
      title: title.trim(),
      pageCount: 0,
      lastPageNumber: 0,
      createdAt: now,
      updatedAt: now,
    };
    await notebookRepository.insert(this.database.manager, notebook);
    this.events.notebookCreated(notebook.id, userId);
    return notebook;
  }

  async rename(viewer: Viewer | null, notebookId: string, title: string): Promise<NotebookEntity> {
    return this.database.transaction(async (manager) => {
      const notebook = await this.lock(manager, viewer, notebookId);
      await notebookRepository.rename(manager, notebookId, title.trim());
      await publish(manager, notebookChanged, notebookId, {
        notebookId,
        ownerId: notebook.ownerId,
        kind: 'NOTEBOOK_RENAMED',
        pageId: null,
        importId: null,
      });
      return { ...notebook, title: title.trim(), updatedAt: new Date() };
    });
  }

  /** Deletes the notebook, its pages and imports; work that is still under way is cancelled. */
  async delete(viewer: Viewer | null, notebookId: string): Promise<void> {
    const ownerId = await this.database.transaction(async (manager) => {
      const notebook = await this.lock(manager, viewer, notebookId);
      const imports = await importRepository.listRunning(manager, notebookId);
      for (const { id } of imports) await cancelJobs(manager, id);
      await notebookRepository.delete(manager, notebookId);
      const facts = { notebookId, ownerId: notebook.ownerId };
      await publish(manager, notebookDeleted, notebookId, facts);
      await publish(manager, notebookChanged, notebookId, {
        ...facts,
        kind: 'NOTEBOOK_DELETED',
        pageId: null,
        importId: null,
      });
      return notebook.ownerId;
    });
    await this.removeImages(ownerId, notebookId);
    this.events.notebookDeleted(notebookId, ownerId);
  }

  /** Removes the images of a notebook's pages; again is no harm. */
  async removeImages(ownerId: string, notebookId: string): Promise<void> {
    await this.storage.deletePrefix(`pages/${ownerId}/${notebookId}/`);
  }

  /** Those of the notebooks that the viewer may see; not in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<NotebookEntity[]> {
    const notebooks = await notebookRepository.findMany(this.database.manager, ids);
    return notebooks.filter((notebook) => isOwner(viewer, notebook));
  }

  async list(viewer: Viewer | null, { first, after }: PageRequest): Promise<Page<NotebookEntity>> {
    const { userId } = requireViewer(viewer);
    const [before] = decodeCursor(after) ?? [];
    const rows = await notebookRepository.list(this.database.manager, userId, first, before?.toString());
    return pageOf(rows, first, (notebook) => [notebook.id]);
  }

  /** The viewer's notebook, locked in this transaction; NOT_FOUND for another's. */
  async lock(manager: EntityManager, viewer: Viewer | null, notebookId: string): Promise<NotebookEntity> {
    const notebook = await notebookRepository.lock(manager, notebookId);
    if (!notebook || !isOwner(requireViewer(viewer), notebook)) throw new NotFoundError('notebook', notebookId);
    return notebook;
  }
}
