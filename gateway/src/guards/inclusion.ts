import { Kind, type OperationDefinitionNode, type SelectionNode, valueFromASTUntyped } from 'graphql';

/** Variables as a request gives them. */
type Given = Readonly<Record<string, unknown>>;

/**
 * Whether a selection is executed by its `@skip` and `@include`: true when nothing is asked, else 1 or 0, or how to tell
 * from the variables.
 */
export function inclusionOf(
  { directives = [] }: SelectionNode,
  operation: OperationDefinitionNode,
): true | number | ((variables: Given) => number) {
  const conditions = directives.flatMap(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    return value && (name.value === 'skip' || name.value === 'include')
      ? [{ wanted: name.value === 'include', value }]
      : [];
  });
  if (conditions.length === 0) return true;
  const declared = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue ? valueFromASTUntyped(defaultValue) : undefined,
    ]),
  );
  const holds = (variables: Given): number =>
    conditions.every(({ wanted, value }) => {
      const name = value.kind === Kind.VARIABLE ? value.name.value : null;
      const given: unknown = name === null ? valueFromASTUntyped(value) : (variables[name] ?? declared.get(name));
      return (given === true) === wanted;
    })
      ? 1
      : 0;
  return conditions.every(({ value }) => value.kind !== Kind.VARIABLE) ? holds({}) : holds;
}
