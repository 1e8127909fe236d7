/** What counts of a media node when a place is looked for. */
interface Candidate {
  readonly id: string;
  readonly region: string;
  /** Share of its capacity in use. */
  readonly load: number;
  readonly isDraining: boolean;
}

/** From this load on a node takes nobody more while another has room. */
const FULL = 0.9;

/**
 * The node that a participant's media goes to: one that has a part of the meeting already, as a room on one node needs no
 * pipes; then one of the region; then the one with the least load. Null when no node takes anybody.
 */
export function chooseNode<N extends Candidate>(
  nodes: readonly N[],
  { region, present }: { readonly region: string; readonly present: ReadonlySet<string> },
): N | null {
  const open = nodes.filter(({ isDraining }) => !isDraining);
  const withRoom = open.filter(({ load }) => load < FULL);
  const rank = (node: N): number => (present.has(node.id) ? 0 : 2) + (node.region === region ? 0 : 1);
  const [best] = (withRoom.length > 0 ? withRoom : open).toSorted(
    (one, other) => rank(one) - rank(other) || one.load - other.load || one.id.localeCompare(other.id),
  );
  return best ?? null;
}
