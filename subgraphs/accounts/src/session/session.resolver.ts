import { Arg, Ctx, Directive, Int, Mutation, Resolver } from 'type-graphql';

import { SignInInput, SignUpInput } from '../account/account.inputs';
import type { AccountsContext } from '../context';
import { RefreshSessionInput, SignOutInput } from './session.inputs';
import type { SessionService } from './session.service';
import { AuthPayloadType, presentSession } from './session.type';

@Resolver(() => AuthPayloadType)
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @Directive('@cost(weight: 20)')
  @Mutation(() => AuthPayloadType, { description: 'Makes a student account and signs in.' })
  async signUp(@Arg('input') input: SignUpInput): Promise<AuthPayloadType> {
    return presentSession(await this.sessions.signUp(input));
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => AuthPayloadType, { description: 'Signs in; RATE_LIMITED after ten failures in 15 minutes.' })
  async signIn(@Arg('input') input: SignInInput): Promise<AuthPayloadType> {
    return presentSession(await this.sessions.signIn(input.email, input.password));
  }

  @Directive('@cost(weight: 5)')
  @Mutation(() => AuthPayloadType, {
    description: 'New tokens for a session; the used refresh token is worth nothing then.',
  })
  async refreshSession(@Arg('input') input: RefreshSessionInput): Promise<AuthPayloadType> {
    return presentSession(await this.sessions.refresh(input.refreshToken));
  }

  @Mutation(() => Boolean, { description: 'Ends one session.' })
  async signOut(@Arg('input') input: SignOutInput): Promise<boolean> {
    await this.sessions.signOut(input.refreshToken);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Int, { description: 'Ends every session of the signed-in user; returns how many there were.' })
  signOutEverywhere(@Ctx() { viewer }: AccountsContext): Promise<number> {
    return this.sessions.signOutEverywhere(viewer);
  }
}
