import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  isNonNullType,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { Refusal } from '@terakoya/common/auth';

import type { AccessRules } from './access-rules';
import type { Refusals } from './document-access';

/** A field that was taken out of a document, and what stands in its place. */
export interface RefusedField {
  /** The name under which the client asked for it. */
  readonly responseName: string;
  readonly isNonNull: boolean;
  readonly refusal: Refusal;
  /** `Type.field`, for the error's message. */
  readonly coordinate: string;
}

export interface FilteredDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** What was taken out, by the response name of its stand-in. */
  readonly refused: ReadonlyMap<string, RefusedField>;
}

const STAND_IN = '__refused_';

/**
 * The document without what is refused, so that it is neither planned nor fetched. A refused field is replaced by a
 * `__typename` under a name of its own: it comes back exactly where the field would have been, of which type the parent
 * may be, and costs no fetch.
 */
export function filterDocument(
  schema: GraphQLSchema,
  rules: AccessRules,
  { refused: refusals }: Refusals,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): FilteredDocument {
  const refused = new Map<string, RefusedField>();
  const types = new TypeInfo(schema);
  const filtered = visit(
    document,
    visitWithTypeInfo(types, {
      Field: (field) => {
        const parent = types.getParentType();
        const definition = types.getFieldDef();
        if (!parent || !definition) return undefined;
        const rule = rules.ofField(parent, field.name.value).find((candidate) => refusals.has(candidate));
        const refusal = rule && refusals.get(rule);
        if (!refusal) return undefined;
        const name = `${STAND_IN}${refused.size}`;
        const responseName = (field.alias ?? field.name).value;
        const coordinate = `${parent.name}.${field.name.value}`;
        refused.set(name, { responseName, coordinate, refusal, isNonNull: isNonNullType(definition.type) });
        return standIn(name, field);
      },
    }),
  );
  const kept = filtered.definitions[document.definitions.indexOf(operation)];
  const isOperation = kept?.kind === Kind.OPERATION_DEFINITION;
  const left = isOperation ? kept : operation;
  return { document: filtered, operation: left, refused };
}

function standIn(name: string, { directives }: FieldNode): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: name },
    name: { kind: Kind.NAME, value: '__typename' },
    ...(directives ? { directives } : {}),
  };
}
