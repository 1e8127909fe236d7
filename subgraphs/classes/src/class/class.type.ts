import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { ClassRole, MemberEntity } from './class.entity';
import { canManageClass } from './class.policy';
import type { SeenClass } from './class.service';

export const ClassRoleEnum = { TEACHER: 'TEACHER', STUDENT: 'STUDENT', SUPPORTER: 'SUPPORTER' } as const;

registerEnumType(ClassRoleEnum, {
  name: 'ClassRole',
  description: 'What somebody may do in a class.',
  valuesConfig: {
    TEACHER: { description: 'Teaches and manages it.' },
    STUDENT: { description: 'Learns.' },
    SUPPORTER: { description: 'Accompanies students.' },
  },
});

@ObjectType('User', { implements: NodeType, description: 'A person of the school.' })
@Directive('@key(fields: "id", resolvable: false)')
export class UserReference extends NodeType {}

@ObjectType('ClassMember', { description: 'Somebody in a class.' })
export class ClassMemberType {
  @Directive('@sameForAll')
  @Field(() => UserReference, { description: 'Who.' })
  user!: UserReference;

  @Directive('@sameForAll')
  @Field(() => ClassRoleEnum, { description: 'Role in this class.' })
  role!: ClassRole;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'Since when.' })
  joinedAt!: Date;
}

export const ClassMemberConnection = connectionOf(ClassMemberType, 'ClassMember');

@ObjectType('Class', { implements: NodeType, description: 'A class: those who learn together and who teach them.' })
@Directive('@key(fields: "id")')
export class ClassType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'Name.' })
  name!: string;

  @Directive('@sameForAll')
  @Field({ description: 'What it is about; may be empty.' })
  description!: string;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => ClassRoleEnum, { description: 'The role of who is asking.' })
  myRole!: ClassRole;

  @Field(() => String, {
    nullable: true,
    description: 'The code with which others join; for teachers of the class only, else null.',
  })
  invitationCode!: string | null;
}

export const ClassConnection = connectionOf(ClassType, 'Class');

export function presentClass({ row, myRole }: SeenClass): ClassType {
  const { id, name, description, createdAt } = row;
  return {
    id,
    name,
    description,
    createdAt,
    myRole,
    invitationCode: canManageClass({ role: myRole }) ? row.invitationCode : null,
  };
}

export function presentMember({ userId, role, joinedAt }: MemberEntity): ClassMemberType {
  return { user: { id: userId }, role, joinedAt };
}
