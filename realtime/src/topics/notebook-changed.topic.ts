import { notebookChanged } from '@terakoya/common/contracts';

import type { Topic } from './topic';

const VISIBLE = 'query NotebookVisible($id: ID!) { notebook(id: $id) { id } }';

/** `notebookChanged(id)`: the changes of one notebook. */
export const notebookChangedTopic: Topic = {
  field: 'notebookChanged',
  domain: notebookChanged.domain,
  keyOf: ({ id }) => String(id),
  keyOfEvent: (event) => (event.name === notebookChanged.name ? event.aggregateId : null),
  rootOf(event) {
    const { notebookId, kind, pageId, importId } = notebookChanged.payload.parse(event.payload);
    return {
      kind,
      cursor: event.cursor,
      occurredAt: new Date(event.occurredAt).toISOString(),
      notebook: kind === 'NOTEBOOK_DELETED' ? null : { id: notebookId },
      page: pageId === null ? null : { id: pageId },
      importJob: importId === null ? null : { id: importId },
    };
  },
  isVisible: (id, viewer, visible) => visible(VISIBLE, { id }, viewer),
  isLast: (event) => notebookChanged.payload.parse(event.payload).kind === 'NOTEBOOK_DELETED',
};
