import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';

import { IdArg } from '@terakoya/common/graphql';

import type { AccountsContext } from '../context';
import { SetUserRoleInput } from './account.inputs';
import type { AccountService } from './account.service';
import { UserType, presentUser } from './account.type';

@Resolver(() => UserType)
export class AccountResolver {
  constructor(private readonly accounts: AccountService) {}

  @Query(() => UserType, { nullable: true, description: 'The signed-in user; null when nobody is.' })
  async me(@Ctx() { viewer, users }: AccountsContext): Promise<UserType | null> {
    const account = viewer ? await users.load(viewer.userId) : null;
    return account && presentUser(account, viewer);
  }

  @Directive('@authenticated')
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Query(() => UserType, { nullable: true, description: 'A user by id; null when there is none that you can see.' })
  async user(@IdArg('id', 'User') id: string, @Ctx() { viewer, users }: AccountsContext): Promise<UserType | null> {
    const account = await users.load(id);
    return account && presentUser(account, viewer);
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => UserType, { description: 'Sets the role of a user; admins only.' })
  async setUserRole(@Arg('input') input: SetUserRoleInput, @Ctx() { viewer }: AccountsContext): Promise<UserType> {
    return presentUser(await this.accounts.setRole(viewer, input.userId, input.role), viewer);
  }
}
