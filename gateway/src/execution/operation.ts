import type { DocumentNode, GraphQLError } from 'graphql';

import type { Viewer } from '@terakoya/common/auth';

import type { DocumentFacts } from '../guards/graph-guards';
import type { Executed } from './response';
import type { Asker } from './subgraphs/subgraph-client';

/** What a client asks for. */
export interface OperationRequest {
  /** The GraphQL document; may be left out, or empty, when a persisted one is named. */
  readonly query?: string | null;
  /** Names a persisted document by the SHA-256 of its text: `sha256:<hex>`, or the digits alone. */
  readonly documentId?: string | null;
  /** `persistedQuery: { version: 1, sha256Hash }` names one too, as Apollo's clients do. */
  readonly extensions?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** Whether the client takes a response in parts; if not, `@defer` counts for nothing. */
  readonly acceptsParts?: boolean;
}

/** For whom an operation is executed. */
export interface ExecutionContext extends Asker {
  /** The trace of the request, used where this process has no tracing of its own. */
  readonly traceparent?: string | null;
  readonly signal?: AbortSignal;
}

/** A valid operation with its variables, ready to be executed. */
export interface Operation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The operation's name, or null when it has none. */
  readonly name: string | null;
  readonly document: DocumentNode;
  /** As the schema coerces them, defaults included. */
  readonly variables: Readonly<Record<string, unknown>>;
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

/** An operation that has passed the guards, and what they know of it. */
export interface GuardedOperation extends Operation {
  /** What it costs with its variables, in the units of MAX_COST. */
  readonly cost: number;
  readonly facts: DocumentFacts;
  /** The document and its operation: the same for all requests with them. */
  readonly documentKey: string;
  /** The same for all viewers who are refused the same parts of it; '' for those who are refused nothing. */
  accessKey(viewer: Viewer | null): string;
}

/** An operation that may be executed, or why there is none. */
export type GuardedPreparation =
  | { readonly operation: GuardedOperation; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly operation?: undefined };
