import { type GraphQLSchema, Kind } from 'graphql';

import type { Refusals } from '../guards/access/document-access';
import type { AccessRules } from '../guards/access/access-rules';
import { filterDocument } from '../guards/access/filter-document';
import { refuseFields } from '../guards/access/refuse-fields';
import { type ResponseShape, responseShape } from '../guards/access/response-shape';
import type { PlannedOperation } from './planned-operation';
import type { Executed } from './response';

/** A document without what some viewers are refused. */
export interface FilteredPlan {
  /** Null when nothing is left that could be executed. */
  readonly planned: PlannedOperation | null;
  /** Where in a response the refused fields are. */
  readonly shape: ResponseShape;
}

type PlanValid = (
  document: PlannedOperation['document'],
  definition: PlannedOperation['definition'],
) => PlannedOperation;

/** Plans what is left of a document when some of it is refused. */
export function planFiltered(
  schema: GraphQLSchema,
  rules: AccessRules,
  refusals: Refusals,
  { document, definition }: PlannedOperation,
  planValid: PlanValid,
): FilteredPlan {
  const filtered = filterDocument(schema, rules, refusals, document, definition);
  const shape = responseShape(schema, filtered);
  const isNothing = [...shape.values()].every(({ refused }) => refused) && isAll(filtered, shape);
  return { planned: isNothing ? null : planValid(filtered.document, filtered.operation), shape };
}

/** The response when everything is refused: nobody is asked. */
export function refuseAll({ shape }: FilteredPlan): Executed {
  const data = Object.fromEntries([...shape.keys()].map((name) => [name, '']));
  return refuseFields({ data: JSON.stringify(data), errors: [] }, shape);
}

/** Whether the root selects nothing but what is refused. */
function isAll({ operation }: { readonly operation: PlannedOperation['definition'] }, shape: ResponseShape): boolean {
  return operation.selectionSet.selections.every((selection) => {
    return selection.kind === Kind.FIELD && selection.alias !== undefined && shape.has(selection.alias.value);
  });
}
