import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import { JobErrorType } from '../job-error.type';
import type { ImportEntity } from './import.entity';
import { IMPORT_STATES, type ImportState, fractionOf } from './import-status';

/** The states as an enum object for the schema. */
const ImportStateEnum = Object.fromEntries(IMPORT_STATES.map((state) => [state, state])) as { [S in ImportState]: S };

registerEnumType(ImportStateEnum, {
  name: 'ImportState',
  description: 'How far an import is.',
  valuesConfig: {
    WAITING: {
      description: 'Its file is not known to be completely uploaded; fails with FILE_NOT_FOUND after 15 seconds.',
    },
    QUEUED: { description: 'The document is going to be inspected.' },
    RUNNING: { description: 'The pages are being rendered and read.' },
    COMPLETED: { description: 'Every page is read or has failed; at least one is read.' },
    FAILED: { description: 'Nothing could be read; `error` says why. Can be retried.' },
    CANCELLED: { description: 'Cancelled by its owner; pages that were not read are gone. Can be retried.' },
  },
});

@ObjectType('File', { implements: NodeType, description: 'An uploaded file.' })
@Directive('@key(fields: "id", resolvable: false)')
class FileStub extends NodeType {}

@ObjectType('ImportProgress', { description: 'How much of an import is done.' })
class ImportProgressType {
  @Directive('@sameForAll')
  @Field(() => Int, { nullable: true, description: 'Pages of the document; null until it was inspected.' })
  pagesFound!: number | null;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Pages that have their images.' })
  pagesRendered!: number;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Pages that have their text.' })
  pagesRead!: number;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Pages that failed.' })
  pagesFailed!: number;

  @Directive('@sameForAll')
  @Field(() => Float, { description: 'How much is done, 0 to 1; never falls within a run.' })
  fraction!: number;
}

@ObjectType('ImportJob', { implements: NodeType, description: 'The import of a file into a notebook.' })
@Directive('@key(fields: "id")')
export class ImportType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => ImportStateEnum, { description: 'How far it is.' })
  state!: ImportState;

  @Directive('@sameForAll')
  @Field(() => FileStub, { description: 'The file.' })
  file!: FileStub;

  @Directive('@sameForAll')
  @Field(() => ImportProgressType, { description: 'How much is done.' })
  progress!: ImportProgressType;

  @Directive('@sameForAll')
  @Field(() => JobErrorType, { nullable: true, description: 'Why it failed; null unless `state` is FAILED.' })
  error!: JobErrorType | null;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was first asked for.' })
  createdAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it ended; null while it has not.' })
  finishedAt!: Date | null;

  /** Not in the schema: leads to the field `notebook`. */
  notebookId!: string;
}

export const ImportConnection = connectionOf(ImportType, 'ImportJob');

export function presentImport(job: ImportEntity): ImportType {
  const { id, state, error, createdAt, finishedAt, notebookId } = job;
  const { pagesFound, pagesRendered, pagesRead, pagesFailed } = job;
  const progress = { pagesFound, pagesRendered, pagesRead, pagesFailed, fraction: fractionOf(job) };
  return { id, state, error, createdAt, finishedAt, notebookId, progress, file: { id: job.fileId } };
}
