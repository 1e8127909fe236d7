import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

import { connectionOf } from '@terakoya/common/graphql';

import { JobErrorType } from '../page/page.type';
import type { ImportEntity } from './import.entity';
import { IMPORT_STATES, type ImportState } from './import.machine';

export const ImportStateEnum = Object.fromEntries(IMPORT_STATES.map((state) => [state, state])) as {
  [S in ImportState]: S;
};

registerEnumType(ImportStateEnum, {
  name: 'ImportState',
  description: 'How far an import is.',
  valuesConfig: {
    WAITING: { description: 'For the upload to become known; a moment.' },
    QUEUED: { description: 'The document waits to be inspected.' },
    RUNNING: { description: 'Its pages are rendered and read.' },
    COMPLETED: { description: 'Every page is done; `progress.pagesFailed` tells whether some are missing.' },
    FAILED: { description: '`error` says why.' },
    CANCELLED: { description: 'Stopped by its owner.' },
  },
});

@ObjectType('File', { description: 'An uploaded document.' })
@Directive('@key(fields: "id", resolvable: false)')
export class FileReference {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;
}

@ObjectType('ImportProgress', { description: 'How many pages are how far.' })
export class ImportProgressType {
  @Field(() => Int, { nullable: true, description: 'Pages of the document; null until it is inspected.' })
  pagesFound!: number | null;

  @Field(() => Int, { description: 'Pages whose images are there.' })
  pagesRendered!: number;

  @Field(() => Int, { description: 'Pages whose text is there.' })
  pagesRead!: number;

  @Field(() => Int, { description: 'Pages that could not be imported.' })
  pagesFailed!: number;

  @Field(() => Float, { description: '0 to 1: rendering and reading count half each.' })
  fraction!: number;
}

@ObjectType('ImportJob', { description: 'The import of one document into a notebook.' })
@Directive('@key(fields: "id")')
export class ImportType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => ImportStateEnum, { description: 'How far it is.' })
  state!: ImportState;

  @Field(() => FileReference, { nullable: true, description: 'The document; null when it was deleted.' })
  file!: FileReference | null;

  @Field(() => ImportProgressType, { description: 'In pages.' })
  progress!: ImportProgressType;

  @Field(() => JobErrorType, { nullable: true, description: 'Why it FAILED, or the latest page that did.' })
  error!: JobErrorType | null;

  @Field(() => Date, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  notebookId!: string;
}

export const ImportConnection = connectionOf(ImportType, 'ImportJob');

export function presentImport(row: ImportEntity): ImportType {
  const { id, state, fileId, createdAt, finishedAt, notebookId, pagesFound, pagesRendered, pagesRead, pagesFailed } =
    row;
  return {
    id,
    state,
    file: { id: fileId },
    createdAt,
    finishedAt,
    notebookId,
    progress: { pagesFound, pagesRendered, pagesRead, pagesFailed, fraction: fractionOf(row) },
    error:
      row.errorCode === null
        ? null
        : { code: row.errorCode, message: row.errorMessage ?? '', pageNumber: row.errorPage },
  };
}

function fractionOf({ pagesFound, pagesRendered, pagesRead, pagesFailed }: ImportEntity): number {
  if (!pagesFound) return 0;
  return Math.min(1, (pagesRendered + pagesRead + 2 * pagesFailed) / (2 * pagesFound));
}
