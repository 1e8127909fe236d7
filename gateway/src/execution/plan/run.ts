import type { Shapes } from '../shape/shapes';
import type { SubgraphResponse } from '../subgraphs/subgraph-response';
import type { JsonObject, ResponsePath } from './json';

/** A fetch that is ready to be sent. */
export interface PreparedFetch {
  readonly subgraph: string;
  /** The whole request body as JSON text. */
  readonly body: string;
  /** Entities asked for; 0 for a fetch at the root. */
  readonly entities: number;
}

/** An error and its place in the response; without a place when there is none to name. */
export interface PlacedError {
  readonly message: string;
  readonly path?: ResponsePath;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One execution of a plan: what it has found so far. */
export interface Run {
  /** What the subgraphs gave, merged; it may hold more than the client asked for. */
  readonly data: JsonObject;
  readonly errors: PlacedError[];
  /** Places that are missing because of errors told elsewhere: a null that rose in a subgraph took them along. */
  readonly lost: ResponsePath[];
  /** The operation's variables, coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Never throws; a fetch without an answer has a failure. */
  readonly send: (fetch: PreparedFetch) => Promise<FetchOutcome>;
  /** The root value of the event, when this is a delivery of a subscription. */
  readonly event?: Readonly<JsonObject>;
  /** Called when a fetch that deferred parts wait for is through. */
  readonly fetched?: (id: string) => void;
  /** Takes over the parts of the plan whose answers come later. */
  readonly defer?: (deferred: readonly DeferredStep[]) => void;
}

/** A subgraph's answer, or why there is none. */
export type FetchOutcome =
  | { readonly response: SubgraphResponse; readonly failure?: undefined }
  | { readonly failure: Omit<PlacedError, 'path'>; readonly response?: undefined };

/** A part of a plan; awaits only where it has to. */
export type Step = (run: Run) => Promise<void> | undefined;

/** A part of the response that may come later. */
export interface DeferredStep {
  /** Ids of the fetches it needs. */
  readonly depends: readonly string[];
  readonly label: string | undefined;
  /** The place in the operation where the deferred fragment stands; may hold `... on Type`. */
  readonly queryPath: readonly string[];
  /** How what the client selects there is written; undefined when only parts within are delivered. */
  readonly shapes: Shapes | undefined;
  readonly step: Step | undefined;
}
