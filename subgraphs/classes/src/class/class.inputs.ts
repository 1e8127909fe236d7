import { IsOptional, Length, Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import { IdField } from '@terakoya/common/graphql';

import type { ClassRole } from './class.entity';
import { ClassRoleEnum } from './class.type';

@InputType({ description: 'A new class.' })
export class CreateClassInput {
  @Field({ description: '1 to 200 characters.' })
  @Length(1, 200)
  @Matches(/\S/, { message: 'name must not be blank' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'At most 2000 characters.' })
  @IsOptional()
  @Length(0, 2000)
  description?: string;
}

@InputType({ description: 'A class to join.' })
export class JoinClassInput {
  @Field({ description: 'The code a teacher of the class gave; case, blanks and dashes do not matter.' })
  @Length(1, 40)
  invitationCode!: string;
}

@InputType({ description: 'A role in a class.' })
export class SetClassRoleInput {
  @IdField('Class', { description: 'Which class.' })
  classId!: string;

  @IdField('User', { description: 'Whose role.' })
  userId!: string;

  @Field(() => ClassRoleEnum, { description: 'The new role.' })
  role!: ClassRole;
}

@InputType({ description: 'A member to remove.' })
export class RemoveClassMemberInput {
  @IdField('Class', { description: 'Which class.' })
  classId!: string;

  @IdField('User', { description: 'Whom.' })
  userId!: string;
}
