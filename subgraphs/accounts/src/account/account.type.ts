import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

import { ROLES, type Role, type Viewer } from '@terakoya/common/auth';
import { NodeType } from '@terakoya/common/graphql';

import type { AccountEntity } from './account.entity';
import { canSeeEmail } from './account.policy';

/** The roles as an enum object for the schema. */
export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as { [R in Role]: R };

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What somebody may do in the whole school; a class has roles of its own.',
  valuesConfig: {
    STUDENT: { description: 'Learns.' },
    TEACHER: { description: 'Teaches: may create classes.' },
    SUPPORTER: { description: 'Accompanies students.' },
    ADMIN: { description: 'Runs the school.' },
  },
});

@ObjectType('User', { implements: NodeType, description: 'A person of the school.' })
@Directive('@key(fields: "id")')
export class UserType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'The name others see.' })
  displayName!: string;

  @Directive('@sameForAll')
  @Field(() => RoleEnum, { description: 'Role in the school.' })
  role!: Role;

  @Field(() => String, { nullable: true, description: 'E-mail address; only for oneself and admins, else null.' })
  email!: string | null;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When the account was made.' })
  createdAt!: Date;
}

/** The account as `viewer` may see it. */
export function presentUser(account: AccountEntity, viewer: Viewer | null): UserType {
  return {
    id: account.id,
    displayName: account.displayName,
    role: account.role,
    email: canSeeEmail(viewer, account) ? account.email : null,
    createdAt: account.createdAt,
  };
}
