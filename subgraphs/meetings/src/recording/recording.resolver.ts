import { Length, Matches } from 'class-validator';
import { Arg, Args, Ctx, Directive, Field, FieldResolver, InputType, Mutation, Resolver, Root } from 'type-graphql';

import {
  ConnectionArgs,
  type ConnectionShape,
  IdField,
  PAGED,
  UrlScalar,
  toConnection,
} from '@terakoya/common/graphql';

import type { MeetingsContext } from '../context';
import { MeetingType } from '../meeting/meeting.type';
import { MeetingInput } from '../participant/participant.inputs';
import type { RecordingService } from './recording.service';
import { ChapterType, RecordingConnection, RecordingType, presentChapter, presentRecording } from './recording.type';

const WHO = 'For teachers of the class, or the host of a meeting of no class: FORBIDDEN for others.';

@InputType({ description: 'A chapter of the recording that runs.' })
export class AddChapterInput extends MeetingInput {
  @Field({ description: 'What begins, 1 to 200 characters.' })
  @Length(1, 200)
  @Matches(/\S/, { message: 'title must not be blank' })
  title!: string;
}

@InputType({ description: 'A recording.' })
export class RecordingInput {
  @IdField('Recording', { description: 'Which recording.' })
  recordingId!: string;
}

/** What people do with recordings. */
@Resolver(() => RecordingType)
export class RecordingResolver {
  constructor(private readonly recordings: RecordingService) {}

  @Directive('@authenticated')
  @Mutation(() => RecordingType, {
    description: `Begins to record what everybody sends; everybody hears that it runs. ${WHO}`,
  })
  async startRecording(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RecordingType> {
    return presentRecording(await this.recordings.start(viewer, meetingId));
  }

  @Directive('@authenticated')
  @Mutation(() => RecordingType, { description: `Ends the recording; the film follows. ${WHO}` })
  async stopRecording(
    @Arg('input') { meetingId }: MeetingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RecordingType> {
    return presentRecording(await this.recordings.stop(viewer, meetingId));
  }

  @Directive('@authenticated')
  @Mutation(() => RecordingType, { description: `Begins a chapter in the recording that runs. ${WHO}` })
  async addRecordingChapter(
    @Arg('input') { meetingId, title }: AddChapterInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RecordingType> {
    return presentRecording(await this.recordings.addChapter(viewer, meetingId, title));
  }

  @Directive('@authenticated')
  @Mutation(() => RecordingType, { description: `Has a film that failed made again. ${WHO}` })
  async retryRecording(
    @Arg('input') { recordingId }: RecordingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RecordingType> {
    return presentRecording(await this.recordings.retry(viewer, recordingId));
  }

  @Directive('@authenticated')
  @Mutation(() => RecordingType, { description: `Removes a film before its time, within seconds. ${WHO}` })
  async deleteRecording(
    @Arg('input') { recordingId }: RecordingInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<RecordingType> {
    return presentRecording(await this.recordings.delete(viewer, recordingId));
  }

  @FieldResolver(() => UrlScalar, {
    nullable: true,
    description: 'Signed URL of the film (MP4), valid 15 minutes; null while there is none.',
  })
  async url(@Root() { row }: RecordingType): Promise<string | null> {
    return this.recordings.urlOf(row);
  }

  @Directive('@sameForAll')
  @FieldResolver(() => [ChapterType], { description: 'What to jump to, in order; at most 500.' })
  async chapters(@Root() { id, row }: RecordingType, @Ctx() { chaptersOf }: MeetingsContext): Promise<ChapterType[]> {
    return (await chaptersOf.load(id)).map((chapter) => presentChapter(chapter, row));
  }
}

/** The recordings of a meeting. */
@Resolver(() => MeetingType)
export class MeetingRecordingsResolver {
  @Directive('@sameForAll')
  @FieldResolver(() => RecordingType, { nullable: true, description: 'The recording that runs; null when none does.' })
  async recording(@Root() { id }: MeetingType, @Ctx() { recordingIn }: MeetingsContext): Promise<RecordingType | null> {
    const found = await recordingIn.load(id);
    return found && presentRecording(found);
  }

  @Directive(PAGED)
  @Directive('@sameForAll')
  @FieldResolver(() => RecordingConnection, { description: 'All its recordings, newest first.' })
  async recordings(
    @Root() { id }: MeetingType,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { recordingsOf }: MeetingsContext,
  ): Promise<ConnectionShape<RecordingType>> {
    return toConnection(await recordingsOf(args).load(id), presentRecording, args);
  }
}
