import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { ParticipantType, presentParticipant } from '../participant/participant.type';
import { UpdateMeetingNotesInput } from './notes.inputs';
import type { NotesService } from './notes.service';
import { NotesType, presentNotes } from './notes.type';

/** Writing the notes of a meeting. */
@Resolver(() => NotesType)
export class NotesResolver {
  constructor(private readonly notes: NotesService) {}

  @Directive('@authenticated')
  @Mutation(() => NotesType, {
    description:
      'Replaces the notes of a meeting; for everybody in it who may write. Errors: CONFLICT with the present ' +
      '`extensions.revision` when they have changed since you read them, or when the meeting is over; NOT_FOUND, FORBIDDEN, ' +
      'RATE_LIMITED.',
  })
  async updateMeetingNotes(
    @Arg('input') { meetingId, text, revision }: UpdateMeetingNotesInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<NotesType> {
    return presentNotes(await this.notes.update(viewer, meetingId, text, revision));
  }

  @Directive('@sameForAll')
  @FieldResolver(() => ParticipantType, {
    nullable: true,
    description: 'Who changed them last; null before the first change.',
  })
  async updatedBy(
    @Root() { participantId }: NotesType,
    @Ctx() { participantById }: MeetingsContext,
  ): Promise<ParticipantType | null> {
    const found = participantId === null ? null : await participantById.load(participantId);
    return found && presentParticipant(found);
  }
}

/** The notes of a meeting. */
@Resolver(() => MeetingType)
export class MeetingNotesResolver {
  @Directive('@sameForAll')
  @FieldResolver(() => NotesType, { description: 'What those who are in it write together.' })
  async notes(@Root() { id }: MeetingType, @Ctx() { notesOf }: MeetingsContext): Promise<NotesType> {
    return presentNotes(await notesOf.load(id));
  }
}
