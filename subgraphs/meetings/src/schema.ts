import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import { BreakoutResolver } from './breakout/breakout.resolver';
import { CaptionResolver, MeetingCaptionsResolver } from './caption/caption.resolver';
import { presentCaption } from './caption/caption.type';
import { MeetingMessagesResolver, MessageResolver } from './chat/message.resolver';
import { presentMessage } from './chat/message.type';
import type { MeetingsContext } from './context';
import { SignalResolver } from './direct/signal.resolver';
import { SignallingResolver } from './media/signalling.resolver';
import { presentTrack } from './media/track.type';
import { AudienceResolver } from './meeting/audience.resolver';
import { ClassResolver } from './meeting/class.resolver';
import { MeetingResolver } from './meeting/meeting.resolver';
import { presentMeeting } from './meeting/meeting.type';
import { MeetingNotesResolver, NotesResolver } from './notes/notes.resolver';
import { ModerationResolver } from './participant/moderation.resolver';
import { ParticipantResolver } from './participant/participant.resolver';
import { presentParticipant } from './participant/participant.type';
import { MeetingPollsResolver, PollResolver, PollVotersResolver } from './poll/poll.resolver';
import { presentPoll } from './poll/poll.type';
import { MeetingRecordingsResolver, RecordingResolver } from './recording/recording.resolver';
import { presentRecording } from './recording/recording.type';
import type { MeetingsServices } from './services';
import { presentStroke } from './whiteboard/stroke.type';
import { MeetingWhiteboardResolver, WhiteboardResolver } from './whiteboard/whiteboard.resolver';

export function createMeetingsSchema(services: MeetingsServices) {
  const { meetings, participants, joining, moderation, signalling, recordings, iceServersOf } = services;
  return createSubgraphSchema<MeetingsContext>({
    resolvers: [
      new MeetingResolver(meetings, participants),
      new ClassResolver(),
      new AudienceResolver(meetings, participants),
      new ParticipantResolver(joining, participants, iceServersOf),
      new ModerationResolver(moderation),
      new SignallingResolver(signalling),
      new SignalResolver(services.signals),
      new RecordingResolver(recordings),
      new MeetingRecordingsResolver(),
      new MessageResolver(services.messages),
      new MeetingMessagesResolver(),
      new PollResolver(services.polls),
      new PollVotersResolver(),
      new MeetingPollsResolver(),
      new BreakoutResolver(services.breakouts),
      new WhiteboardResolver(services.whiteboard),
      new MeetingWhiteboardResolver(),
      new NotesResolver(services.notes),
      new MeetingNotesResolver(),
      new CaptionResolver(services.captions),
      new MeetingCaptionsResolver(),
    ],
    references: {
      Meeting: async ({ id }, { meetingById }) => orNull(await meetingById.load(id), presentMeeting),
      MeetingParticipant: async ({ id }, { participantById }) =>
        orNull(await participantById.load(id), presentParticipant),
      MediaTrack: async ({ id }, { trackById }) => orNull(await trackById.load(id), presentTrack),
      Recording: async ({ id }, { recordingById }) => orNull(await recordingById.load(id), presentRecording),
      MeetingMessage: async ({ id }, { messageById }) => orNull(await messageById.load(id), presentMessage),
      MeetingPoll: async ({ id }, { pollById }) => orNull(await pollById.load(id), presentPoll),
      MeetingCaption: async ({ id }, { captionById }) => orNull(await captionById.load(id), presentCaption),
      WhiteboardStroke: async ({ id }, { strokeById }) => orNull(await strokeById.load(id), presentStroke),
      Class: ({ id }) => ({ id }), // its lists ask who may see them
    },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}

function orNull<R, T>(row: R | null, present: (row: R) => T): T | null {
  return row === null ? null : present(row);
}
