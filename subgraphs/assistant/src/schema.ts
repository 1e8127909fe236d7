import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import type { AssistantContext } from './context';
import { SummaryResolver } from './summary/summary.resolver';
import type { SummaryService } from './summary/summary.service';
import { NotebookType } from './summary/summary.type';

export interface AssistantServices {
  readonly summaries: SummaryService;
}

export function createAssistantSchema({ summaries }: AssistantServices) {
  return createSubgraphSchema<AssistantContext>({
    resolvers: [new SummaryResolver(summaries)],
    orphanedTypes: [NotebookType],
    // An id tells nothing: whether the viewer may read the summary is asked when it is asked for.
    references: { Notebook: ({ id }) => ({ id }) },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}
