import { Field, Int, ObjectType } from 'type-graphql';

import { connectionOf } from '@terakoya/common/graphql';

import { PageType, presentPage } from '../page/page.type';
import type { SearchHit } from './search.service';

@ObjectType('PageSearchHit', { description: 'A page in which the query stands.' })
export class PageSearchHitType {
  @Field(() => PageType, { description: 'The page.' })
  page!: PageType;

  @Field({ description: 'The text around the first match.' })
  snippet!: string;

  @Field(() => Int, { description: 'How often the query stands in the page.' })
  matches!: number;
}

export const PageSearchHitConnection = connectionOf(PageSearchHitType, 'PageSearchHit');

export function presentHit({ page, snippet, matches }: SearchHit): PageSearchHitType {
  return { page: presentPage(page), snippet, matches };
}
