import type { DocumentNode, GraphQLError } from 'graphql';

import type { Executed } from './response';
import type { Asker } from './subgraphs/subgraph-client';

/** What a client asks for. */
export interface OperationRequest {
  /** The GraphQL document. */
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** Whether the client takes a response in parts; if not, `@defer` counts for nothing. */
  readonly acceptsParts?: boolean;
}

/** For whom an operation is executed. */
export interface ExecutionContext extends Asker {
  /** The trace of the request, used where this process has no tracing of its own. */
  readonly traceparent?: string | null;
  /** Headers that go on to subgraphs as they are, where no identity is signed for them. */
  readonly passedOn?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A valid operation with its variables, ready to be executed. */
export interface Operation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The operation's name, or null when it has none. */
  readonly name: string | null;
  readonly document: DocumentNode;
  /** The root field of a subscription and its arguments; null for other operations. */
  readonly subscription: { readonly field: string; readonly arguments: Readonly<Record<string, unknown>> } | null;
  /**
   * Executes a query or mutation; or, given the root value of one event (`{ field: value }`, entities as
   * `{ id }`), one delivery of a subscription. Never throws: what fails is in `errors`, already fit for clients.
   */
  execute(context: ExecutionContext, event?: Readonly<Record<string, unknown>>): Promise<Executed>;
}

/** A valid operation, or why there is none. */
export type Preparation =
  | { readonly operation: Operation; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly operation?: undefined };
