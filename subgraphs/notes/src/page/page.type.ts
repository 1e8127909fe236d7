import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

import type { StoredImage, Word } from '@terakoya/common/contracts';
import { connectionOf } from '@terakoya/common/graphql';

import type { PageEntity, PageState, TextSource } from './page.entity';

export const PageStateEnum = { PENDING: 'PENDING', RENDERED: 'RENDERED', READ: 'READ', FAILED: 'FAILED' } as const;
export const TextSourceEnum = { EMBEDDED: 'EMBEDDED', OCR: 'OCR' } as const;

registerEnumType(PageStateEnum, {
  name: 'PageState',
  description: 'How far a page is.',
  valuesConfig: {
    PENDING: { description: 'Known, not rendered yet.' },
    RENDERED: { description: 'Its images are there; its text is being read.' },
    READ: { description: 'Images and text are there.' },
    FAILED: { description: '`error` says why.' },
  },
});
registerEnumType(TextSourceEnum, {
  name: 'TextSource',
  description: 'Where a text comes from.',
  valuesConfig: {
    EMBEDDED: { description: 'The document carried it.' },
    OCR: { description: 'It was read from the image.' },
  },
});

@ObjectType('Image', { description: 'An image of a page.' })
@Directive('@key(fields: "id")')
export class ImageReference {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'Pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels.' })
  height!: number;

  @Field({ description: 'Media type.' })
  contentType!: string;
}

@ObjectType('JobError', { description: 'Why a document or a page could not be imported.' })
export class JobErrorType {
  @Field({ description: 'One of the documented error codes, such as DOCUMENT_ENCRYPTED.' })
  code!: string;

  @Field({ description: 'In a sentence.' })
  message!: string;

  @Field(() => Int, { nullable: true, description: 'Number of the page in the document, where it is about one.' })
  pageNumber!: number | null;
}

@ObjectType('Box', {
  description: 'A rectangle on a page in fractions (0 to 1) of its width and height; origin top left.',
})
export class BoxType {
  @Field(() => Float, { description: 'Left edge.' })
  x!: number;

  @Field(() => Float, { description: 'Top edge.' })
  y!: number;

  @Field(() => Float, { description: 'Width.' })
  width!: number;

  @Field(() => Float, { description: 'Height.' })
  height!: number;
}

@ObjectType('Word', { description: 'A word as it was read.' })
export class WordType {
  @Field({ description: 'The word.' })
  text!: string;

  @Field(() => BoxType, { description: 'Where it stands.' })
  box!: BoxType;

  @Field(() => Float, { description: '0 to 1; below 0.6 it deserves a second look. 1 for text the document carried.' })
  confidence!: number;
}

export const WordConnection = connectionOf<Word>(WordType, 'Word');

@ObjectType('Page', { description: 'A page of a notebook.' })
@Directive('@key(fields: "id")')
export class PageType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => Int, { description: 'Place in the notebook; ascending, with gaps where pages were removed.' })
  number!: number;

  @Field(() => PageStateEnum, { description: 'How far it is.' })
  state!: PageState;

  @Field(() => Float, { description: 'Points (1/72 inch).' })
  width!: number;

  @Field(() => Float, { description: 'Points (1/72 inch).' })
  height!: number;

  @Field(() => ImageReference, {
    nullable: true,
    description: 'Preview, about 150 dots per inch; null until RENDERED.',
  })
  image!: ImageReference | null;

  @Field(() => ImageReference, { nullable: true, description: 'Thumbnail of at most 256 pixels; null until RENDERED.' })
  thumbnail!: ImageReference | null;

  @Field(() => String, { nullable: true, description: 'Text in reading order; null until READ.' })
  text!: string | null;

  @Field(() => TextSourceEnum, { nullable: true, description: 'Where the text comes from.' })
  textSource!: TextSource | null;

  @Field(() => String, { nullable: true, description: 'What read it, such as `embedded` or `tesseract`.' })
  textEngine!: string | null;

  @Field(() => JobErrorType, { nullable: true, description: 'Why it FAILED.' })
  error!: JobErrorType | null;

  notebookId!: string;
}

export const PageConnection = connectionOf(PageType, 'Page');

export function presentPage(row: PageEntity): PageType {
  const { id, number, state, width, height, text, textSource, textEngine, notebookId } = row;
  return {
    id,
    number,
    state,
    width,
    height,
    text,
    textSource,
    textEngine,
    notebookId,
    image: presentImage(row.preview),
    thumbnail: presentImage(row.thumbnail),
    error:
      row.errorCode === null
        ? null
        : { code: row.errorCode, message: row.errorMessage ?? '', pageNumber: row.sourceNumber },
  };
}

/** An image's id is its storage key in base64url, so that `files` can sign a URL without asking here. */
function presentImage(image: StoredImage | null): ImageReference | null {
  if (!image) return null;
  const { key, width, height, contentType } = image;
  return { id: Buffer.from(key).toString('base64url'), width, height, contentType };
}
