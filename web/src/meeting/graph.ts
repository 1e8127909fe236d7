import type { TypedDocumentString } from '../generated/graphql';
import type { SchoolClient } from '../school/client';

/** What a meeting needs of the school's graph. */
export type MeetingGraph = Pick<SchoolClient, 'ask' | 'watch' | 'tellLast'>;

/** Counts the requests that go through it. */
export class CountedGraph implements MeetingGraph {
  #requests = 0;

  constructor(private readonly graph: MeetingGraph) {}

  get requests(): number {
    return this.#requests;
  }

  ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    this.#requests += 1;
    return this.graph.ask(document, variables);
  }

  tellLast<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<void> {
    return this.graph.tellLast(document, variables);
  }

  watch<R, V extends Record<string, unknown>>(...subscription: Parameters<typeof this.graph.watch<R, V>>): () => void {
    return this.graph.watch(...subscription);
  }
}
