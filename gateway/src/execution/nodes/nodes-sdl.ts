import { NODE_TYPES } from '@terakoya/common/global-ids';

/** The subgraph's name in the supergraph. */
export const NODES = 'nodes';

/** Most ids of one `nodes`. */
export const MOST_NODES = 50;

const LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize", "@composeDirective"])
  @link(url: "https://terakoya.school/sharing/v1.0", import: ["@sameForAll"])
  @composeDirective(name: "@sameForAll")

"""
Whoever may see the object gets the same value of this field, and may see all it leads to. A subscription whose fields are
all declared so is executed once for its whole audience; one field that is not makes it each viewer's own.
"""
directive @sameForAll on FIELD_DEFINITION`;

const ROOTS = `type Query {
  """
  An object by its id, whatever type it is of; null when there is none that you can see.
  """
  node(
    """The id of any object."""
    id: ID!
  ): Node @cost(weight: 2)

  """
  Objects by their ids, at most ${MOST_NODES}, in the same order; null for each that is none you can see.
  """
  nodes(
    """At most ${MOST_NODES} ids of any objects; BAD_USER_INPUT for more."""
    ids: [ID!]!
  ): [Node]! @cost(weight: 2) @listSize(assumedSize: ${MOST_NODES})
}

"""An object that can be found by its id alone, with \`node\`."""
interface Node {
  """Opaque; no other object of the school has the same."""
  id: ID!
}`;

const OBJECTS = Object.keys(NODE_TYPES).map(
  (type) => `type ${type} implements Node @key(fields: "id", resolvable: false) {\n  id: ID! @sameForAll\n}`,
);

/**
 * The subgraph that finds objects by their ids. It knows no more of them than their types: what is asked of them is
 * fetched where it is known. It has no process of its own; each executor answers for it.
 */
export const NODES_SDL = `${[LINKS, ROOTS, ...OBJECTS].join('\n\n')}\n`;
