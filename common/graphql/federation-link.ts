/** The federation directives our schemas may use. */
const IMPORTS = [
  '@key',
  '@shareable',
  '@external',
  '@requires',
  '@provides',
  '@authenticated',
  '@requiresScopes',
  '@policy',
  '@cost',
  '@listSize',
  '@composeDirective',
];
const names = IMPORTS.map((name) => `"${name}"`).join(', ');
const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`;

/** How long responses may be kept, as Apollo Server defines it; composed into the supergraph by `@composeDirective`. */
const CACHE = `extend schema @link(url: "https://terakoya.school/cache/v1.0", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")

directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

enum CacheControlScope {
  """Anybody may be shown the response."""
  PUBLIC
  """Only the viewer it was made for."""
  PRIVATE
}`;

/** A subgraph's types as SDL that is composed: with the links to the directives they use. */
export function withLinks(types: string): string {
  return [FEDERATION, ...(types.includes('@cacheControl') ? [CACHE] : []), types].join('\n\n');
}
