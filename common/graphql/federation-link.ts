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
  '@inaccessible',
];
const names = IMPORTS.map((name) => `"${name}"`).join(', ');
const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`;

/** How long responses may be kept, as Apollo Server defines it; composed into the supergraph by `@composeDirective`. */
const CACHE = `extend schema @link(url: "https://terakoya.school/cache/v1.0", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")

directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

"""Who may be shown a kept response."""
enum CacheControlScope {
  """Anybody may be shown the response."""
  PUBLIC
  """Only the viewer it was made for."""
  PRIVATE
}`;

/** Which fields are the same for everybody who may see their object; composed into the supergraph too. */
const SHARING = `extend schema @link(url: "https://terakoya.school/sharing/v1.0", import: ["@sameForAll"]) @composeDirective(name: "@sameForAll")

"""
Whoever may see the object gets the same value of this field, and may see all it leads to. A subscription whose fields are
all declared so is executed once for its whole audience; one field that is not makes it each viewer's own.
"""
directive @sameForAll on FIELD_DEFINITION`;

/** A subgraph's types as SDL that is composed: with the links to the directives they use. */
export function withLinks(types: string): string {
  const ours = [
    ...(types.includes('@cacheControl') ? [CACHE] : []),
    ...(types.includes('@sameForAll') ? [SHARING] : []),
  ];
  return [FEDERATION, ...ours, types].join('\n\n');
}
