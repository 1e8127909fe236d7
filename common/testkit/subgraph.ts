import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { createIdentityHeaders } from '../auth';
import { Secret } from '../config';
import { type SubgraphContext, createSubgraphHost, enforceAccess, withLinks } from '../graphql';
import { createLogger } from '../logging';
import { testIdentity } from './identity';

type Resolver = (parent: never, args: never, context: SubgraphContext) => unknown;

export interface TestSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A small subgraph on a free port, of an SDL (without its `@link`) and resolvers by type and field. */
export async function startSubgraph(
  name: string,
  types: string,
  resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>,
  port = 0,
): Promise<TestSubgraph> {
  const sdl = withLinks(types);
  const host = createSubgraphHost({
    service: name,
    host: '127.0.0.1',
    port,
    schema: enforceAccess(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])), // typed by Apollo's own map
    identityHeaders: createIdentityHeaders(new Secret(testIdentity.secret)),
    createContext: (viewer, caller) => ({ viewer, caller }),
    readiness: {},
    logger: createLogger(name, 'silent'),
  });
  const started = await host.start();
  return {
    name,
    url: `http://127.0.0.1:${started.port}/graphql`,
    sdl,
    port: started.port,
    close: () => host.close(),
  };
}
