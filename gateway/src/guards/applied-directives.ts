import { type ConstDirectiveNode, type DefinitionNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** The directives that guards read, by the names of their specifications. */
export type GuardDirective =
  'authenticated' | 'requiresScopes' | 'policy' | 'cost' | 'listSize' | 'cacheControl' | 'sameForAll';

/** Where a directive stands: at a type, at a field of it (input fields too), or at an argument of a field. */
export interface Place {
  readonly type: string;
  readonly field?: string;
  readonly argument?: string;
}

export interface AppliedDirective {
  readonly name: GuardDirective;
  readonly place: Place;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The specification each directive belongs to; the last two are our own, composed with `@composeDirective`. */
const SPECIFICATIONS: Readonly<Record<GuardDirective, string>> = {
  authenticated: 'https://specs.apollo.dev/authenticated',
  requiresScopes: 'https://specs.apollo.dev/requiresScopes',
  policy: 'https://specs.apollo.dev/policy',
  cost: 'https://specs.apollo.dev/cost',
  listSize: 'https://specs.apollo.dev/cost',
  cacheControl: 'https://terakoya.school/cache',
  sameForAll: 'https://terakoya.school/sharing',
};

/** Every directive of a supergraph that a guard reads, under whatever name `@link` gives it there. */
export function appliedDirectives(supergraph: DocumentNode): readonly AppliedDirective[] {
  const names = localNames(supergraph);
  const found: AppliedDirective[] = [];
  const read = (place: Place, { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] }): void => {
    for (const directive of directives) {
      const name = names.get(directive.name.value);
      if (name) found.push({ name, place, arguments: argumentsOf(directive) });
    }
  };
  for (const definition of supergraph.definitions) readDefinition(definition, read);
  return found;
}

function readDefinition(
  definition: DefinitionNode,
  read: (place: Place, node: { readonly directives?: readonly ConstDirectiveNode[] }) => void,
): void {
  if (!('name' in definition) || !definition.name || !isTypeDefinition(definition)) return;
  const type = definition.name.value;
  read({ type }, definition);
  for (const node of 'fields' in definition ? (definition.fields ?? []) : []) {
    const field = node.name.value;
    read({ type, field }, node);
    if (node.kind !== Kind.FIELD_DEFINITION) continue;
    for (const argument of node.arguments ?? []) read({ type, field, argument: argument.name.value }, argument);
  }
}

function isTypeDefinition(node: DefinitionNode): node is DefinitionNode & {
  readonly directives?: readonly ConstDirectiveNode[];
} {
  return node.kind.endsWith('TypeDefinition') || node.kind.endsWith('TypeExtension');
}

/** Local names by `@link` (core specification v0.3): imported, renamed, or prefixed with the specification's name. */
function localNames(supergraph: DocumentNode): ReadonlyMap<string, GuardDirective> {
  const links = supergraph.definitions
    .filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION)
    .flatMap((node) => ('directives' in node ? (node.directives ?? []) : []))
    .filter(({ name }) => name.value === 'link')
    .map((directive) => argumentsOf(directive as ConstDirectiveNode)); // a schema has constant directives only
  const names = new Map<string, GuardDirective>();
  for (const directive of Object.keys(SPECIFICATIONS) as GuardDirective[]) {
    const link = links.find(({ url }) => String(url).replace(/\/v[\d.]+$/, '') === SPECIFICATIONS[directive]);
    if (link) names.set(localName(directive, link), directive);
  }
  return names;
}

function localName(directive: GuardDirective, link: Readonly<Record<string, unknown>>): string {
  const imports: unknown[] = Array.isArray(link.import) ? link.import : [];
  for (const imported of imports) {
    if (imported === `@${directive}`) return directive;
    if (isRenamed(imported) && imported.name === `@${directive}`) return imported.as.slice(1);
  }
  const specification = SPECIFICATIONS[directive].split('/').at(-1);
  const prefix = typeof link.as === 'string' ? link.as : specification;
  return directive === specification ? String(prefix) : `${prefix}__${directive}`;
}

function isRenamed(value: unknown): value is { readonly name: string; readonly as: string } {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'as' in value && typeof value.as === 'string'
  );
}

function argumentsOf(directive: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const),
  );
}
