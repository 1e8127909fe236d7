import { IsUUID, Length, Matches } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

const NOT_BLANK = { message: 'title must not be blank' };

@InputType({ description: 'A new notebook.' })
export class CreateNotebookInput {
  @Field({ description: '1 to 200 characters.' })
  @Length(1, 200)
  @Matches(/\S/, NOT_BLANK)
  title!: string;
}

@InputType({ description: 'A new title for a notebook.' })
export class RenameNotebookInput {
  @Field(() => ID, { description: 'Which notebook.' })
  @IsUUID()
  notebookId!: string;

  @Field({ description: '1 to 200 characters.' })
  @Length(1, 200)
  @Matches(/\S/, NOT_BLANK)
  title!: string;
}
