import { readFileSync } from 'node:fs';

import { type ConstDirectiveNode, type DocumentNode, Kind, parse } from 'graphql';

import { ConfigurationError, messageOf } from '@terakoya/common/errors';

export interface SupergraphFile {
  readonly sdl: string;
  /** The URL of each subgraph by name, as the supergraph tells it; empty when it tells none. */
  readonly urls: ReadonlyMap<string, string>;
}

/** Reads a composed supergraph; ConfigurationError when the file cannot be read or is something else. */
export function readSupergraphFile(file: string): SupergraphFile {
  const sdl = readText(file);
  const urls = subgraphUrls(parseSdl(file, sdl));
  if (urls.size > 0) return { sdl, urls };
  throw new ConfigurationError(`terakoya-gateway: ${file} is no supergraph: it names no subgraphs (enum join__Graph).`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`terakoya-gateway: ${file} cannot be read: ${messageOf(error)}.`);
  }
}

function parseSdl(file: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (error) {
    throw new ConfigurationError(`terakoya-gateway: ${file} is no supergraph: ${messageOf(error)}`);
  }
}

/** `enum join__Graph { USERS @join__graph(name: "users", url: "http://…") … }` */
function subgraphUrls({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const values = definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .filter(({ name }) => name.value === 'join__Graph')
    .flatMap((graphs) => graphs.values ?? []);
  return new Map(
    values
      .flatMap((value) => value.directives ?? [])
      .filter(({ name }) => name.value === 'join__graph')
      .map((directive) => [argument(directive, 'name'), argument(directive, 'url')]),
  );
}

function argument(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
