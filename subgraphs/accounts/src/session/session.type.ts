import { Field, ObjectType } from 'type-graphql';

import { UserType, presentUser } from '../account/account.type';
import type { SessionTokens } from './session.service';

@ObjectType('AuthPayload', { description: 'A session and its tokens.' })
export class AuthPayloadType {
  @Field(() => UserType, { description: 'Who is signed in.' })
  user!: UserType;

  @Field({ description: 'Send it as `Authorization: Bearer …`.' })
  accessToken!: string;

  @Field(() => Date, { description: 'Refresh the session before.' })
  accessTokenExpiresAt!: Date;

  @Field({ description: 'For `refreshSession`, once: each refresh gives a new one.' })
  refreshToken!: string;

  @Field(() => Date, { description: 'When the session ends if it is not refreshed.' })
  refreshTokenExpiresAt!: Date;
}

export function presentSession({ account, ...tokens }: SessionTokens): AuthPayloadType {
  return { ...tokens, user: presentUser(account, { userId: account.id, role: account.role, sessionId: '' }) };
}
