/** The one GraphQL URL; set when the app is built or started. */
export const graphqlUrl = process.env.NEXT_PUBLIC_GRAPHQL_URL ?? 'http://localhost:4000/graphql';
