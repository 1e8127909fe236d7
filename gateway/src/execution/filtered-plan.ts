import { type GraphQLSchema, OperationTypeNode, visit } from 'graphql';

import type { Refusals } from '../guards/access/document-access';
import type { AccessRules } from '../guards/access/access-rules';
import { type FilteredDocument, filterDocument } from '../guards/access/filter-document';
import { refuseFields } from '../guards/access/refuse-fields';
import { type ResponseShape, responseShape } from '../guards/access/response-shape';
import { rootFieldsOf } from '../guards/root-fields';
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
  const isNothing = isAllRefused(filtered) && !isLeftToVariables(filtered);
  return { planned: isNothing ? null : planValid(filtered.document, filtered.operation), shape };
}

function isAllRefused({ document, operation, refused }: FilteredDocument): boolean {
  return rootFieldsOf(document, operation).every(({ alias }) => alias !== undefined && refused.has(alias.value));
}

/** Whether a condition decides what there is to refuse: the executor asks it, except of a subscription, which it cannot plan. */
function isLeftToVariables({ document, operation }: FilteredDocument): boolean {
  let isConditional = false;
  visit(document, { Directive: () => void (isConditional = true) });
  return isConditional && operation.operation !== OperationTypeNode.SUBSCRIPTION;
}

/** The response when everything is refused: nobody is asked. */
export function refuseAll({ shape }: FilteredPlan): Executed {
  const data = Object.fromEntries([...shape.keys()].map((name) => [name, '']));
  return refuseFields({ data: JSON.stringify(data), errors: [] }, shape);
}
