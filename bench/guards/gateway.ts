/**
 * A gateway whose subgraphs answer at once and cost nothing, so that what its guards cost can be seen. Started by the
 * bench; tells its port, then the CPU time it has used whenever it is asked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ConstDirectiveNode, type DirectiveNode, parse, print, visit } from 'graphql';

import { createLogger } from '@terakoya/common/logging';

import { gatewayConfig } from '../../gateway/src/config';
import { type SubgraphClient, createExecution } from '../../gateway/src/execution';
import { createLocalDocuments } from '../../gateway/src/guards/documents/document-store';
import { createPersistedDocuments } from '../../gateway/src/guards/documents/persisted-documents';
import { createGateway } from '../../gateway/src/service';

const NOTEBOOK = { __typename: 'Notebook', id: 'n', title: 'Leaves' };
const ANSWER = { data: { notebook: NOTEBOOK }, errors: [] };

const client: SubgraphClient = {
  fetch: () => Promise.resolve(ANSWER),
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

async function main(): Promise<void> {
  const config = gatewayConfig.read(process.env);
  const isGuarded = process.env.BENCH_GUARDS !== 'false';
  const logger = createLogger('gateway', 'silent');
  const supergraphSdl = readFileSync(join(__dirname, '..', '..', 'gateway', 'supergraph.graphql'), 'utf8');
  const limits = { tokens: 2_000, depth: 15, aliases: 50, rootFields: 20, fields: 1_000 };
  const execution = createExecution({
    supergraphSdl: isGuarded ? supergraphSdl : withoutRules(supergraphSdl),
    client,
    limits: isGuarded ? { ...limits, cost: 10_000, directives: 50 } : limits,
    introspection: true,
    logger,
    documents: createPersistedDocuments({
      mode: isGuarded ? 'automatic' : 'off',
      manifest: new Map(),
      store: createLocalDocuments(),
    }),
  });
  const service = createGateway(config, { opened: { execution, client, subgraphs: [] } });
  const { port } = await service.start();
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}

const RULES = new Set(['authenticated', 'requiresScopes', 'policy']);

/** The same graph, of which nobody is refused anything. */
function withoutRules(sdl: string): string {
  const isRule = (node: ConstDirectiveNode | DirectiveNode): boolean =>
    RULES.has(node.name.value) || (node.name.value === 'link' && print(node).includes('SECURITY'));
  return print(visit(parse(sdl), { Directive: (node) => (isRule(node) ? null : undefined) }));
}

void main();
