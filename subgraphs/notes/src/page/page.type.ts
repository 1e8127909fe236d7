import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

import type { StoredImage } from '@terakoya/common/contracts';
import { NodeType, connectionOf } from '@terakoya/common/graphql';

import { JobErrorType } from '../job-error.type';
import type { PageEntity, PageState, TextSource } from './page.entity';

const PageStateEnum = { PENDING: 'PENDING', RENDERED: 'RENDERED', READ: 'READ', FAILED: 'FAILED' } as const;
const TextSourceEnum = { EMBEDDED: 'EMBEDDED', OCR: 'OCR' } as const;

registerEnumType(PageStateEnum, {
  name: 'PageState',
  description: 'How far a page is.',
  valuesConfig: {
    PENDING: { description: 'Its size is known.' },
    RENDERED: { description: 'It has its images.' },
    READ: { description: 'It has its images and its text.' },
    FAILED: { description: '`error` says why.' },
  },
});
registerEnumType(TextSourceEnum, {
  name: 'TextSource',
  description: "Where a page's text comes from.",
  valuesConfig: {
    EMBEDDED: { description: 'The document carries it.' },
    OCR: { description: 'It was read from the image.' },
  },
});

@ObjectType('Image', { implements: NodeType, description: 'An image in the object store.' })
@Directive('@key(fields: "id")')
class ImageType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Width in pixels.' })
  width!: number;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Height in pixels.' })
  height!: number;

  @Directive('@sameForAll')
  @Field({ description: 'Media type, such as image/webp.' })
  contentType!: string;
}

@ObjectType('Box', {
  description: "A rectangle in fractions (0 to 1) of the page's width and height; origin top left.",
})
class BoxType {
  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Left edge.' })
  x!: number;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Top edge.' })
  y!: number;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Width.' })
  width!: number;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Height.' })
  height!: number;
}

@ObjectType('Word', { description: 'A word on a page.' })
export class WordType {
  @Directive('@sameForAll')
  @Field({ description: 'The word as it was read.' })
  text!: string;

  @Directive('@sameForAll')
  @Field(() => BoxType, { description: 'Where it stands.' })
  box!: BoxType;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'How sure the reading is, 0 to 1; 1 for text that the document carries.' })
  confidence!: number;
}

export const WordConnection = connectionOf(WordType, 'Word');

@ObjectType('Page', { implements: NodeType, description: 'A page of a notebook.' })
@Directive('@key(fields: "id")')
export class PageType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => Int, {
    description:
      'Place in the notebook, from 1. A page keeps its number; the places of pages that a cancelled import took away ' +
      'stay free for a retry.',
  })
  number!: number;

  @Directive('@sameForAll')
  @Field(() => PageStateEnum, { description: 'How far it is.' })
  state!: PageState;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Width in points (1/72 inch).' })
  width!: number;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'Height in points (1/72 inch).' })
  height!: number;

  @Directive('@sameForAll')
  @Field(() => ImageType, { nullable: true, description: 'What it looks like; null until it is rendered.' })
  image!: ImageType | null;

  @Directive('@sameForAll')
  @Field(() => ImageType, { nullable: true, description: 'What it looks like, small; null until it is rendered.' })
  thumbnail!: ImageType | null;

  @Directive('@sameForAll')
  @Field(() => TextSourceEnum, { nullable: true, description: 'Where its text comes from; null until it is read.' })
  textSource!: TextSource | null;

  @Directive('@sameForAll')
  @Field(() => String, { nullable: true, description: 'What read it, such as tesseract; null until it is read.' })
  textEngine!: string | null;

  @Directive('@sameForAll')
  @Field(() => JobErrorType, { nullable: true, description: 'Why it failed; null unless `state` is FAILED.' })
  error!: JobErrorType | null;

  /** Not in the schema: leads to the field `notebook`. */
  notebookId!: string;
}

export const PageConnection = connectionOf(PageType, 'Page');

/** An image's own id is its storage key: every subgraph can tell it without asking. */
export function presentImage({ key, width, height, contentType }: StoredImage): ImageType {
  return { id: key, width, height, contentType };
}

export function presentPage(page: PageEntity): PageType {
  const { id, number, state, width, height, preview, thumbnail, textSource, textEngine, error, notebookId } = page;
  const facts = { id, number, state, width, height, textSource, textEngine, notebookId };
  return {
    ...facts,
    image: preview && presentImage(preview),
    thumbnail: thumbnail && presentImage(thumbnail),
    error: error && { ...error, pageNumber: number },
  };
}
