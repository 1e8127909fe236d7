/** Damping of PageRank as in the paper below, and when its iteration is close enough. */
const DAMPING = 0.85;
const PRECISION = 1e-5;
const MOST_ITERATIONS = 60;

/** A weighted, undirected graph: for each node its neighbours and the weights of the edges to them. */
export type Graph = readonly ReadonlyMap<number, number>[];

/**
 * The weight of each node by TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004,
 * section 2.2): a node is as important as the neighbours that point to it, by the weight of their edges.
 */
export function textRank(graph: Graph): number[] {
  const strengths = graph.map((edges) => [...edges.values()].reduce((sum, weight) => sum + weight, 0));
  let ranks = graph.map(() => 1);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const next = graph.map((edges) => {
      let incoming = 0;
      for (const [neighbour, weight] of edges)
        incoming += (weight / (strengths[neighbour] ?? 1)) * (ranks[neighbour] ?? 0);
      return 1 - DAMPING + DAMPING * incoming;
    });
    const change = Math.max(0, ...next.map((rank, index) => Math.abs(rank - (ranks[index] ?? 0))));
    ranks = next;
    if (change < PRECISION) break;
  }
  return ranks;
}

/**
 * The similarity graph of sentences: shared terms over the logarithms of their lengths (section 4 of the paper). Built by
 * an inverted index, so that only sentences that share a term are compared; terms in more than `mostShared` sentences
 * tell nothing and are passed over.
 */
export function sentenceGraph(sentences: readonly (readonly string[])[], mostShared = 100): Graph {
  const shared = sentences.map(() => new Map<number, number>());
  for (const places of invertedIndex(sentences).values()) {
    if (places.length > mostShared) continue;
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        shared[a]?.set(b, (shared[a].get(b) ?? 0) + 1);
        shared[b]?.set(a, (shared[b].get(a) ?? 0) + 1);
      }
    }
  }
  return shared.map(
    (edges, a) => new Map([...edges].map(([b, count]) => [b, count / lengthOf(sentences[a], sentences[b])])),
  );
}

function lengthOf(a: readonly string[] = [], b: readonly string[] = []): number {
  return Math.log(a.length + 1) + Math.log(b.length + 1);
}

function invertedIndex(sentences: readonly (readonly string[])[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [place, terms] of sentences.entries()) {
    for (const term of new Set(terms)) index.set(term, [...(index.get(term) ?? []), place]);
  }
  return index;
}

/** The co-occurrence graph of terms within a window (section 3 of the paper; window 3). */
export function termGraph(
  sentences: readonly (readonly string[])[],
  window = 3,
): { readonly terms: string[]; readonly graph: Graph } {
  const places = new Map<string, number>();
  const graph: Map<number, number>[] = [];
  const placeOf = (term: string): number => {
    const place = places.get(term) ?? graph.push(new Map()) - 1;
    places.set(term, place);
    return place;
  };
  for (const terms of sentences) {
    for (const [index, term] of terms.entries()) {
      const a = placeOf(term);
      for (const other of terms.slice(index + 1, index + window)) {
        const b = placeOf(other);
        if (a === b) continue;
        graph[a]?.set(b, (graph[a].get(b) ?? 0) + 1);
        graph[b]?.set(a, (graph[b].get(a) ?? 0) + 1);
      }
    }
  }
  return { terms: [...places.keys()], graph };
}
