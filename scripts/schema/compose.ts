import { composeServices } from '@apollo/composition';
import { GraphQLError, parse } from 'graphql';

import { sharingContradictions } from './sharing-agreement';

/** A subgraph as it is composed: its name, where it is by default, and its schema. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** The subgraphs' schemas contradict each other: one line for each contradiction. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
}

/** Composes subgraphs into the supergraph's SDL; throws CompositionError with every reason why they do not fit. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const services = [...subgraphs]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSdl(name, sdl) }));
  const contradictions = sharingContradictions(services.map(({ typeDefs }) => typeDefs));
  if (contradictions.length > 0) {
    throw new CompositionError(`SAME_FOR_ALL_MISMATCH: not every subgraph declares ${contradictions.join(', ')}`);
  }
  const result = composeServices(services);
  if (result.errors) throw new CompositionError(result.errors.map(describe).join('\n'));
  return `${result.supergraphSdl.trim()}\n`;
}

function parseSdl(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    if (error instanceof GraphQLError) throw new CompositionError(`${name}: ${error.toString()}`);
    throw error;
  }
}

/** `CODE: what is wrong (accounts 12:3, notes 40:5)`. */
function describe(error: GraphQLError): string {
  const places = (error.nodes ?? []).flatMap((node) => {
    const subgraph = 'subgraph' in node ? String(node.subgraph) : '';
    const { line, column } = node.loc?.startToken ?? {};
    return subgraph && line ? [`${subgraph} ${line}:${column}`] : [];
  });
  const where = places.length > 0 ? ` (${places.join(', ')})` : '';
  return `${String(error.extensions.code)}: ${error.message}${where}`;
}
