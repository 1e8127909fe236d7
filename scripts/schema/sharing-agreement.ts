import { type DocumentNode, Kind } from 'graphql';

const DIRECTIVE = 'sameForAll';

/**
 * Fields that several subgraphs resolve and only some declare `@sameForAll`, as `Type.field`. Composition would take the
 * declaration of one for all of them.
 */
export function sharingContradictions(schemas: readonly DocumentNode[]): string[] {
  const declarations = new Map<string, Set<boolean>>();
  for (const { definitions } of schemas) {
    for (const node of definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
      for (const { name, directives = [] } of node.fields ?? []) {
        const field = `${node.name.value}.${name.value}`;
        const said = declarations.get(field) ?? new Set();
        declarations.set(field, said.add(directives.some((directive) => directive.name.value === DIRECTIVE)));
      }
    }
  }
  return [...declarations].filter(([, said]) => said.size > 1).map(([field]) => field);
}
