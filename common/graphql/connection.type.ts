import 'reflect-metadata';

import { type ClassType, Directive, Field, ObjectType } from 'type-graphql';

export interface EdgeShape<T> {
  cursor: string;
  node: T;
}

export interface ConnectionShape<T> {
  edges: EdgeShape<T>[];
  pageInfo: PageInfo;
}

@ObjectType({ description: 'Where a page of a list ends.' })
@Directive('@shareable')
export class PageInfo {
  @Directive('@sameForAll')
  @Field({ description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Directive('@sameForAll')
  @Field({ description: 'Whether some came before: true when `after` was given.' })
  hasPreviousPage!: boolean;

  @Directive('@sameForAll')
  @Field(() => String, { nullable: true, description: 'The cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Directive('@sameForAll')
  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` to get what follows; null on an empty page.',
  })
  endCursor!: string | null;
}

/** For a field that gives a connection: it costs as much as the items that `first` asks for. */
export const PAGED = '@listSize(slicingArguments: ["first"], sizedFields: ["edges"])';

/** The `<name>Edge` and `<name>Connection` types of a list of `node`. */
export function connectionOf<T extends object>(node: ClassType<T>, name: string): ClassType<ConnectionShape<T>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list and its cursor.` })
  class Edge implements EdgeShape<T> {
    @Directive('@sameForAll')
    @Field({ description: 'Opaque position in the list.' })
    cursor!: string;

    @Directive('@sameForAll')
    @Field(() => node, { description: `The ${name}.` })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection implements ConnectionShape<T> {
    @Directive('@sameForAll')
    @Field(() => [Edge], { description: 'The items in order.' })
    edges!: Edge[];

    @Directive('@sameForAll')
    @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
    pageInfo!: PageInfo;
  }

  return Connection;
}

/** A page of rows as a connection of nodes; `after` is the cursor that was given. */
export function toConnection<R, T>(
  page: {
    readonly edges: readonly { readonly cursor: string; readonly node: R }[];
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  },
  present: (row: R) => T,
  { after }: { readonly after?: string | null },
): ConnectionShape<T> {
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: present(node) })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: typeof after === 'string',
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.endCursor,
    },
  };
}
