import { IDENTITY_HEADER, type IdentityHeaders, type Viewer } from '@terakoya/common/auth';
import { UnavailableError } from '@terakoya/common/errors';

import type { PostAnswer } from './post';
import { createSubgraphEvents } from './subgraph-events';
import { type SubgraphResponse, parseSubgraphResponse } from './subgraph-response';
import { SubgraphTarget, type TargetOptions } from './subgraph-target';

/** For whom something is asked. */
export interface Asker {
  readonly viewer: Viewer | null;
  /** Headers that go on to subgraphs as they are, where no identity is signed for them. */
  readonly passedOn?: Readonly<Record<string, string>>;
}

/** One operation for one subgraph. */
export interface SubgraphRequest extends Asker {
  readonly subgraph: string;
  /** The whole request body as JSON text. */
  readonly body: string;
  /** It changes nothing, so it may be sent again when its connection broke. */
  readonly isRepeatable: boolean;
  readonly traceparent: string | null;
  readonly signal?: AbortSignal;
}

/** How subgraphs are reached. */
export interface SubgraphClient {
  /** The subgraph's response; throws a SchoolError (UNAVAILABLE, TIMED_OUT, …) when there is none. */
  fetch(request: SubgraphRequest): Promise<SubgraphResponse>;
  /** Resolves when the subgraph answers at `/health`. */
  check(subgraph: string): Promise<void>;
  close(): Promise<void>;
}

export interface SubgraphClientOptions extends TargetOptions {
  /** The GraphQL URL of each subgraph by name. */
  readonly urls: ReadonlyMap<string, string>;
  /** Signs who is asking; null where subgraphs are told by the headers that are passed on. */
  readonly identityHeaders: IdentityHeaders | null;
  /** Who asks the subgraphs: `gateway` or `realtime`. */
  readonly caller: string;
}

/** Asks subgraphs over HTTP through one pool of kept-alive connections each. */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const events = createSubgraphEvents();
  const targets = new Map(
    [...options.urls].map(([name, url]) => [name, new SubgraphTarget(name, url, options, events)]),
  );
  const target = (name: string): SubgraphTarget => {
    const found = targets.get(name);
    if (!found) throw new UnavailableError(`No address is known of ${name}.`);
    return found;
  };
  return {
    async fetch({ subgraph, body, isRepeatable, signal, ...about }) {
      const headers = headersFor(about, options);
      const read = ({ status, text }: PostAnswer): SubgraphResponse => parseSubgraphResponse(subgraph, status, text);
      return target(subgraph).ask({ headers, body, isRepeatable, signal, read });
    },
    check: async (name) => target(name).check(),
    close: async () => void (await Promise.all([...targets.values()].map((each) => each.close()))),
  };
}

function headersFor(
  { viewer, passedOn, traceparent }: Pick<SubgraphRequest, 'viewer' | 'passedOn' | 'traceparent'>,
  { identityHeaders, caller }: SubgraphClientOptions,
): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
  if (identityHeaders) headers[IDENTITY_HEADER] = identityHeaders.sign({ caller, viewer });
  else Object.assign(headers, passedOn);
  if (traceparent !== null) headers.traceparent = traceparent;
  return headers;
}
