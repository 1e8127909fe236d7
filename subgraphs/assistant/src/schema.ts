import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import type { AssistantContext } from './context';
import { SummaryResolver } from './summary/summary.resolver';
import type { SummaryService } from './summary/summary.service';
import { NotebookReference } from './summary/summary.type';

export interface AssistantServices {
  readonly summaries: SummaryService;
}

export function createAssistantSchema({ summaries }: AssistantServices) {
  return createSubgraphSchema<AssistantContext>({
    resolvers: [new SummaryResolver(summaries)],
    references: { Notebook: ({ id }) => ({ id }) },
    orphanedTypes: [NotebookReference],
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}
