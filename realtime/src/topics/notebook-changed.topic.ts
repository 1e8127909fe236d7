import { notebookChanged, notebookDeleted, summaryReady, type NotebookChangeKind } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';
import { decodeId } from '@terakoya/common/global-ids';

import { type Topic, type TopicEvent, entity, feed } from './topic';

interface Change {
  readonly kind: NotebookChangeKind;
  readonly notebookId: string;
  readonly ownerId: string;
  readonly pageId?: string | null;
  readonly importId?: string | null;
}

/** `Subscription.notebookChanged`: what happens to one notebook, its pages, imports and summary. */
export const notebookChangedTopic: Topic = {
  field: 'notebookChanged',
  feeds: [
    feed(notebookChanged, changeOf),
    feed(notebookDeleted, (deleted) => changeOf({ ...deleted, kind: 'NOTEBOOK_DELETED' })),
    feed(summaryReady, (ready) => changeOf({ ...ready, kind: 'SUMMARY_READY' })),
  ],
  keyOf: ({ id }) => decodeId('Notebook', String(id), 'id'),
  audience: {
    subgraph: 'notes',
    query:
      'query Audience($key: String!, $userIds: [String!]!) { notebookAudience(notebookId: $key, userIds: $userIds) }',
    field: 'notebookAudience',
    refusal: (id) => new NotFoundError('notebook', id),
  },
};

function changeOf({ kind, notebookId, ownerId, pageId, importId }: Change): TopicEvent {
  const isDeleted = kind === 'NOTEBOOK_DELETED';
  return {
    key: notebookId,
    value: {
      kind,
      notebook: entity('Notebook', isDeleted ? null : notebookId),
      page: entity('Page', pageId),
      importJob: entity('ImportJob', importId),
    },
    ...(isDeleted ? { changesAudience: true, farewell: { mayHear: ({ userId }) => userId === ownerId } } : {}),
  };
}
