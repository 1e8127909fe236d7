import { Matches, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

const TITLE = 'The title, 1 to 200 characters; blanks around it are dropped.';

@InputType({ description: 'A new notebook.' })
export class CreateNotebookInput {
  @Field({ description: TITLE })
  @MaxLength(200)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;
}

@InputType({ description: 'Another title for a notebook.' })
export class RenameNotebookInput {
  @IdField('Notebook', { description: 'Which notebook.' })
  notebookId!: string;

  @Field({ description: TITLE })
  @MaxLength(200)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;
}
