import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';

import { ForbiddenError } from '@terakoya/common/errors';

import type { MeetingsContext } from '../context';
import type { ParticipantService } from '../participant/participant.service';
import type { MeetingService } from './meeting.service';

/**
 * Tells the realtime server who may hear of what. Clients do not see this: it is not in the schema they ask. It speaks of
 * keys, as events do, not of ids.
 */
@Resolver()
export class AudienceResolver {
  constructor(
    private readonly meetings: Pick<MeetingService, 'audienceOf'>,
    private readonly participants: Pick<ParticipantService, 'audienceOf'>,
  ) {}

  @Directive('@inaccessible')
  @Query(() => [String], {
    description: 'Those of the users who are in a meeting. For the realtime server: FORBIDDEN.',
  })
  async meetingAudience(
    @Arg('meetingId') meetingId: string,
    @Arg('userIds', () => [String]) userIds: string[],
    @Ctx() context: MeetingsContext,
  ): Promise<string[]> {
    refuseOthers(context);
    return this.meetings.audienceOf(meetingId, userIds);
  }

  @Directive('@inaccessible')
  @Query(() => [String], {
    description: 'Those of the users who are a participant. For the realtime server: FORBIDDEN.',
  })
  async participantAudience(
    @Arg('participantId') participantId: string,
    @Arg('userIds', () => [String]) userIds: string[],
    @Ctx() context: MeetingsContext,
  ): Promise<string[]> {
    refuseOthers(context);
    return this.participants.audienceOf(participantId, userIds);
  }
}

function refuseOthers({ caller, viewer }: MeetingsContext): void {
  if (caller !== 'realtime' || viewer) throw new ForbiddenError('Only the realtime server asks this, for itself.');
}
