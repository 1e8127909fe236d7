import { Field, Int, ObjectType } from 'type-graphql';

import { connectionOf } from '@terakoya/common/graphql';

import type { SearchHit } from './search.service';

@ObjectType('PageSearchHit', { description: 'A page that has what was searched for.' })
export class PageSearchHitType {
  @Field({ description: 'The text around the first match, 40 characters on both sides; … where it was cut.' })
  snippet!: string;

  @Field(() => Int, { description: 'How often it is on the page.' })
  matches!: number;

  /** Not in the schema: leads to the field `page`. */
  pageId!: string;
}

export const PageSearchHitConnection = connectionOf(PageSearchHitType, 'PageSearchHit');

export function presentHit({ pageId, snippet, matches }: SearchHit): PageSearchHitType {
  return { pageId, snippet, matches };
}
