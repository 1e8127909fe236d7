import { type ResponsePath, responsePathAsArray } from 'graphql';

type Path = readonly (string | number)[];

/** A path as a key of a map. */
export function pathKey(path: Path | ResponsePath | undefined): string {
  return JSON.stringify(isKeys(path) ? path : responsePathAsArray(path));
}

function isKeys(path: Path | ResponsePath | undefined): path is Path {
  return Array.isArray(path);
}
