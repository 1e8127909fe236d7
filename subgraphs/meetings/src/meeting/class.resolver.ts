import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';

import { ConnectionArgs, type ConnectionShape, PAGED, toConnection } from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { ClassReference, MeetingConnection, type MeetingType, presentMeeting } from './meeting.type';

/** The lessons of a class. */
@Resolver(() => ClassReference)
export class ClassResolver {
  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => MeetingConnection, { description: 'Its lessons, newest first.' })
  async meetings(
    @Root() { id }: ClassReference,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { meetingsOfClass }: MeetingsContext,
  ): Promise<ConnectionShape<MeetingType>> {
    return toConnection(await meetingsOfClass(args).load(id), presentMeeting, args);
  }
}
