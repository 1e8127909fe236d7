import { GraphQLScalarType } from 'graphql';
import { DateTimeResolver, URLResolver } from 'graphql-scalars';

/** An instant as an ISO 8601 string with time zone; a Date in resolvers. */
export const DateTimeScalar = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  name: 'DateTime',
  description: 'An instant in ISO 8601 with time zone, such as 2026-04-01T09:00:00.000Z.',
});

/** An absolute URL; a string in resolvers. */
export const UrlScalar = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'An absolute URL (RFC 3986).',
  specifiedByURL: URLResolver.specifiedByURL ?? null,
  serialize: (value) => new URL(String(value)).toString(),
  parseValue: (value) => new URL(String(value)).toString(),
});
