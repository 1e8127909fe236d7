/** One operation that is measured: the same document for everybody, with variables of their own. */
export interface BenchOperation {
  readonly name: 'light' | 'list' | 'heavy';
  readonly query: string;
  /** Variables of one client; no two clients share an object of the graph. */
  readonly variables: (client: number) => Readonly<Record<string, unknown>>;
}

/** One fetch of a few fields. */
const light: BenchOperation = {
  name: 'light',
  query: 'query Light($id: ID!) { user(id: $id) { id name email } }',
  variables: (client) => ({ id: `${client}-0-0` }),
};

/** A list of 100 objects from one subgraph, with fields of each from another. */
const list: BenchOperation = {
  name: 'list',
  query: 'query List($school: ID!) { pupils(school: $school) { id name email joined } }',
  variables: (client) => ({ school: `${client}` }),
};

/** Six fetches in three steps: classes; users, notes and marks of 100 pupils and 10 classes; files of 100 notebooks. */
export const heavy: BenchOperation = {
  name: 'heavy',
  query: `query Heavy($school: ID!) {
    school(id: $school) {
      id
      name
      classes {
        id
        title
        room
        lessons { day from minutes }
        tasks { id title due average }
        pupils {
          ...Person
          mark { value comment }
          latest {
            id
            title
            pages
            tags
            cover { id name mediaType bytes preview }
          }
        }
      }
    }
  }
  fragment Person on User { id name email joined avatar { url width height } }`,
  variables: (client) => ({ school: `${client}` }),
};

export const OPERATIONS: readonly BenchOperation[] = [light, list, heavy];

/** The request body a client sends. */
export function bodyOf({ query, variables }: BenchOperation, client: number): string {
  return JSON.stringify({ query, variables: variables(client) });
}
