import { DateTimeScalar, createSubgraphSchema } from '@terakoya/common/graphql';

import type { MeetingsContext } from './context';
import type { QualityService } from './media/quality.service';
import { SignallingResolver } from './media/signalling.resolver';
import type { SignallingService } from './media/signalling.service';
import type { TrackService } from './media/track.service';
import { presentTrack } from './media/track.type';
import type { IceServer } from './media/turn';
import { AudienceResolver } from './meeting/audience.resolver';
import { ClassResolver } from './meeting/class.resolver';
import { MeetingResolver } from './meeting/meeting.resolver';
import type { MeetingService } from './meeting/meeting.service';
import { presentMeeting } from './meeting/meeting.type';
import type { JoiningService } from './participant/joining.service';
import { ModerationResolver } from './participant/moderation.resolver';
import type { ModerationService } from './participant/moderation.service';
import { ParticipantResolver } from './participant/participant.resolver';
import type { ParticipantService } from './participant/participant.service';
import { presentParticipant } from './participant/participant.type';

import { MeetingRecordingsResolver, RecordingResolver } from './recording/recording.resolver';
import type { RecordingService } from './recording/recording.service';
import { presentRecording } from './recording/recording.type';

export interface MeetingsServices {
  readonly meetings: MeetingService;
  readonly participants: ParticipantService;
  readonly joining: JoiningService;
  readonly moderation: ModerationService;
  readonly signalling: SignallingService;
  readonly tracks: TrackService;
  readonly recordings: RecordingService;
  readonly qualities: QualityService;
  readonly iceServersOf: (userId: string) => readonly IceServer[];
}

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
      new RecordingResolver(recordings),
      new MeetingRecordingsResolver(),
    ],
    references: {
      Meeting: async ({ id }, { meetingById }) => orNull(await meetingById.load(id), presentMeeting),
      MeetingParticipant: async ({ id }, { participantById }) =>
        orNull(await participantById.load(id), presentParticipant),
      MediaTrack: async ({ id }, { trackById }) => orNull(await trackById.load(id), presentTrack),
      Recording: async ({ id }, { recordingById }) => orNull(await recordingById.load(id), presentRecording),
      Class: ({ id }) => ({ id }), // its lists ask who may see them
    },
    scalars: [{ type: Date, scalar: DateTimeScalar }],
  });
}

function orNull<R, T>(row: R | null, present: (row: R) => T): T | null {
  return row === null ? null : present(row);
}
