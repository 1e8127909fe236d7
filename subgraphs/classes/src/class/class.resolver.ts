import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';

import { NotFoundError } from '@terakoya/common/errors';
import { ConnectionArgs, IdArg, PAGED, toConnection } from '@terakoya/common/graphql';

import type { ClassesContext } from '../context';
import { CreateClassInput, JoinClassInput, RemoveClassMemberInput, SetClassRoleInput } from './class.inputs';
import type { ClassService } from './class.service';
import {
  ClassConnection,
  ClassMemberConnection,
  ClassMemberType,
  ClassType,
  presentClass,
  presentMember,
} from './class.type';

@Resolver(() => ClassType)
export class ClassResolver {
  constructor(private readonly classes: ClassService) {}

  @Directive('@authenticated')
  @Query(() => ClassType, { nullable: true, description: 'A class you are in, by id; NOT_FOUND for any other.' })
  async class(@IdArg('id', 'Class') id: string, @Ctx() { classById }: ClassesContext): Promise<ClassType> {
    const seen = await classById.load(id);
    if (!seen) throw new NotFoundError('class', id);
    return presentClass(seen);
  }

  @Directive('@authenticated')
  @Directive(PAGED)
  @Query(() => ClassConnection, { description: 'The classes you are in, newest first.' })
  async myClasses(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { viewer }: ClassesContext) {
    return toConnection(await this.classes.listMine(viewer, args), presentClass, args);
  }

  @Directive('@policy(policies: [["teaches"]])')
  @Mutation(() => ClassType, { description: 'Makes a class with you as its teacher; for teachers and admins.' })
  async createClass(@Arg('input') input: CreateClassInput, @Ctx() { viewer }: ClassesContext): Promise<ClassType> {
    return presentClass(await this.classes.create(viewer, input));
  }

  @Directive('@requiresScopes(scopes: [["classes:join"]])')
  @Mutation(() => ClassType, { description: 'Joins a class as a student by its invitation code.' })
  async joinClass(
    @Arg('input') { invitationCode }: JoinClassInput,
    @Ctx() { viewer }: ClassesContext,
  ): Promise<ClassType> {
    return presentClass(await this.classes.join(viewer, invitationCode));
  }

  @Directive('@authenticated')
  @Mutation(() => ClassType, { description: 'Makes a new invitation code; the old one stops to work.' })
  async renewInvitationCode(
    @IdArg('classId', 'Class') classId: string,
    @Ctx() { viewer }: ClassesContext,
  ): Promise<ClassType> {
    return presentClass(await this.classes.renewCode(viewer, classId));
  }

  @Directive('@authenticated')
  @Mutation(() => ClassMemberType, { description: 'Sets the role of a member; for teachers of the class.' })
  async setClassRole(
    @Arg('input') { classId, userId, role }: SetClassRoleInput,
    @Ctx() { viewer }: ClassesContext,
  ): Promise<ClassMemberType> {
    return presentMember(await this.classes.setRole(viewer, classId, userId, role));
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: 'Removes a member; for teachers of the class.' })
  async removeClassMember(
    @Arg('input') { classId, userId }: RemoveClassMemberInput,
    @Ctx() { viewer }: ClassesContext,
  ): Promise<boolean> {
    await this.classes.remove(viewer, classId, userId);
    return true;
  }

  @Directive('@authenticated')
  @Mutation(() => Boolean, { description: 'Leaves a class; its last teacher cannot.' })
  async leaveClass(@IdArg('classId', 'Class') classId: string, @Ctx() { viewer }: ClassesContext): Promise<boolean> {
    await this.classes.leave(viewer, classId);
    return true;
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => ClassMemberConnection, { description: 'Who is in it.' })
  async members(
    @Root() { id }: ClassType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { membersOf }: ClassesContext,
  ) {
    return toConnection(await membersOf(args).load(id), presentMember, args);
  }
}
