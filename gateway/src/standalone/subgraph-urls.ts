import { ConfigurationError } from '@terakoya/common/errors';

/**
 * The URL of each subgraph: the supergraph's own, or the one given as `NAME=URL`. ConfigurationError for an override of
 * a subgraph that is not in the graph and for whatever is no HTTP URL.
 */
export function resolveUrls(
  known: ReadonlyMap<string, string>,
  overrides: readonly string[],
): ReadonlyMap<string, string> {
  const given = new Map(overrides.map((override) => splitOverride(override, known)));
  return new Map([...known].map(([name, url]) => [name, checkUrl(name, given.get(name) ?? url)]));
}

function splitOverride(override: string, known: ReadonlyMap<string, string>): readonly [name: string, url: string] {
  const [name = '', ...rest] = override.split('=');
  if (rest.length === 0) throw new ConfigurationError(`terakoya-gateway: --url ${override} is not NAME=URL.`);
  if (known.has(name)) return [name, rest.join('=')];
  throw new ConfigurationError(
    `terakoya-gateway: --url names ${name}, but the subgraphs are ${[...known.keys()].join(', ')}.`,
  );
}

function checkUrl(name: string, url: string): string {
  const protocol = URL.parse(url)?.protocol ?? '';
  if (protocol === 'http:' || protocol === 'https:') return url;
  throw new ConfigurationError(
    `terakoya-gateway: the URL of ${name} is "${url}"; give an HTTP URL with --url ${name}=URL.`,
  );
}
