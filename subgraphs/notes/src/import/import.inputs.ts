import { IsUUID } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A document to import.' })
export class ImportFileInput {
  @Field(() => ID, { description: 'Into which notebook.' })
  @IsUUID()
  notebookId!: string;

  @Field(() => ID, { description: 'A completed upload of yours.' })
  @IsUUID()
  fileId!: string;
}
