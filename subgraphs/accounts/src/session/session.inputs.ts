import { Length } from 'class-validator';
import { Field, InputType } from 'type-graphql';

@InputType({ description: 'The session to go on with.' })
export class RefreshSessionInput {
  @Field({ description: 'The latest refresh token.' })
  @Length(1, 200)
  refreshToken!: string;
}

@InputType({ description: 'The session to end.' })
export class SignOutInput {
  @Field({ description: 'Any refresh token of the session.' })
  @Length(1, 200)
  refreshToken!: string;
}
