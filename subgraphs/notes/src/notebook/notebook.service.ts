import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { notebookChanged, notebookDeleted } from '@terakoya/common/contracts';
import {
  type Database,
  type EntityManager,
  type Page,
  type PageRequest,
  pageOf,
  idCursor,
} from '@terakoya/common/database';
import { NotFoundError } from '@terakoya/common/errors';
import { publish } from '@terakoya/common/outbox';

import type { CleanupService } from '../cleanup/cleanup.service';
import type { NoteEvents } from '../events';
import { importRepository } from '../import/import.repository';
import { isOwner } from '../ownership.policy';
import type { NotebookEntity } from './notebook.entity';
import { notebookRepository } from './notebook.repository';

/** Notebooks: what their owners make, rename and remove. */
export class NotebookService {
  constructor(
    private readonly database: Database,
    private readonly cleanup: CleanupService,
    private readonly events: NoteEvents,
  ) {}

  async create(viewer: Viewer | null, title: string): Promise<NotebookEntity> {
    const ownerId = requireViewer(viewer).userId;
    const now = new Date();
    const notebook = { id: uuid(), ownerId, title, pageCount: 0, nextNumber: 1, createdAt: now, updatedAt: now };
    await notebookRepository.insert(this.database.manager, notebook);
    this.events.notebookCreated(notebook.id);
    return notebook;
  }

  async rename(viewer: Viewer | null, id: string, title: string): Promise<NotebookEntity> {
    requireViewer(viewer);
    return this.database.transaction(async (manager) => {
      const notebook = await lockNotebook(manager, viewer, id);
      const updatedAt = new Date();
      await notebookRepository.update(manager, id, { title, updatedAt });
      const change = { notebookId: id, ownerId: notebook.ownerId, pageId: null, importId: null };
      await publish(manager, notebookChanged, id, { ...change, kind: 'NOTEBOOK_RENAMED' });
      return { ...notebook, title, updatedAt };
    });
  }

  /** Removes the notebook and all that is in it; its jobs and objects go after the commit. */
  async delete(viewer: Viewer | null, id: string): Promise<void> {
    requireViewer(viewer);
    await this.database.transaction(async (manager) => {
      const { ownerId } = await lockNotebook(manager, viewer, id);
      await this.cleanup.plan(manager, {
        runIds: await importRepository.activeRuns(manager, id),
        keyPrefixes: [`pages/${ownerId}/${id}/`],
      });
      await notebookRepository.delete(manager, id);
      const change = { notebookId: id, ownerId, pageId: null, importId: null };
      await publish(manager, notebookChanged, id, { ...change, kind: 'NOTEBOOK_DELETED' });
      await publish(manager, notebookDeleted, id, { notebookId: id, ownerId });
    });
    this.cleanup.wake();
    this.events.notebookDeleted(id);
  }

  /** Those of the notebooks that are the viewer's; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<NotebookEntity[]> {
    requireViewer(viewer);
    const notebooks = await notebookRepository.findByIds(this.database.manager, ids);
    return notebooks.filter((notebook) => isOwner(viewer, notebook));
  }

  /** Those of the users who may see the notebook; nobody when there is none. */
  async audienceOf(id: string, userIds: readonly string[]): Promise<string[]> {
    const [notebook] = await notebookRepository.findByIds(this.database.manager, [id]);
    return notebook ? userIds.filter((userId) => isOwner({ userId }, notebook)) : [];
  }

  /** The viewer's notebooks, newest first. */
  async list(viewer: Viewer | null, { first, after }: PageRequest): Promise<Page<NotebookEntity>> {
    const { userId } = requireViewer(viewer);
    const rows = await notebookRepository.list(this.database.manager, userId, idCursor(after), first + 1);
    return pageOf(rows, first, ({ id }) => [id]);
  }
}

/** The viewer's notebook, locked until the transaction ends; NOT_FOUND for any other. */
export async function lockNotebook(manager: EntityManager, viewer: Viewer | null, id: string): Promise<NotebookEntity> {
  const notebook = await notebookRepository.lock(manager, id);
  if (!notebook || !isOwner(viewer, notebook)) throw new NotFoundError('notebook', id);
  return notebook;
}
