import { url } from '@terakoya/common/config';

const subgraphUrl = (name: string, port: number) =>
  url('http', 'https')
    .default(`http://127.0.0.1:${port}/graphql`)
    .describe(`GraphQL endpoint of the subgraph ${name}.`);

/** Where the subgraphs are: read by whoever executes operations. */
export const subgraphUrlShape = {
  ACCOUNTS_URL: subgraphUrl('accounts', 4101),
  CLASSES_URL: subgraphUrl('classes', 4102),
  FILES_URL: subgraphUrl('files', 4103),
  NOTES_URL: subgraphUrl('notes', 4104),
  ASSISTANT_URL: subgraphUrl('assistant', 4105),
};

export function subgraphUrlsOf(
  config: Readonly<Record<keyof typeof subgraphUrlShape, string>>,
): Readonly<Record<string, string>> {
  return {
    accounts: config.ACCOUNTS_URL,
    classes: config.CLASSES_URL,
    files: config.FILES_URL,
    notes: config.NOTES_URL,
    assistant: config.ASSISTANT_URL,
  };
}
