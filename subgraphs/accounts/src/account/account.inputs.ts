import { IsEmail, Length, Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';

import type { Role } from '@terakoya/common/auth';
import { IdField } from '@terakoya/common/graphql';

import { RoleEnum } from './account.type';

@InputType({ description: 'A new account; it begins as a student.' })
export class SignUpInput {
  @Field({ description: 'E-mail address; upper and lower case are the same.' })
  @IsEmail({}, { message: 'email must be an e-mail address' })
  @Length(3, 254)
  email!: string;

  @Field({ description: '10 to 200 characters.' })
  @Length(10, 200)
  password!: string;

  @Field({ description: 'The name others see, 1 to 100 characters.' })
  @Length(1, 100)
  @Matches(/\S/, { message: 'displayName must not be blank' })
  displayName!: string;
}

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field({ description: 'E-mail address.' })
  @Length(1, 254)
  email!: string;

  @Field({ description: 'Password.' })
  @Length(1, 200)
  password!: string;
}

@InputType({ description: 'A role for a user.' })
export class SetUserRoleInput {
  @IdField('User', { description: 'Whose role.' })
  userId!: string;

  @Field(() => RoleEnum, { description: 'The new role.' })
  role!: Role;
}
