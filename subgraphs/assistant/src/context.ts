import type DataLoader from 'dataloader';

import type { SubgraphContext } from '@terakoya/common/graphql';

import type { SummaryEntity } from './summary/summary.entity';

export interface AssistantContext extends SubgraphContext {
  /** Summaries by notebook id that the viewer may read; one statement for all that are asked for together. */
  readonly summaries: DataLoader<string, SummaryEntity | null>;
}
