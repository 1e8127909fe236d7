import { IsUUID } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A file to be imported into a notebook.' })
export class ImportFileInput {
  @Field(() => ID, { description: "Which notebook, the viewer's own." })
  @IsUUID()
  notebookId!: string;

  @Field(() => ID, { description: "Which file, the viewer's own: a PDF, JPEG or PNG." })
  @IsUUID()
  fileId!: string;
}
