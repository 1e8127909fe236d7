import { Field, ObjectType, registerEnumType } from 'type-graphql';

import type { MediaMode } from '../direct/direct.policy';
import { IceServerType, MediaSessionType } from '../media/session.type';
import { MeetingType } from '../meeting/meeting.type';
import { ParticipantType } from './participant.type';

const MediaModeEnum = { NODE: 'NODE', DIRECT: 'DIRECT', NONE: 'NONE' } as const satisfies { [M in MediaMode]: M };
registerEnumType(MediaModeEnum, {
  name: 'MeetingMediaMode',
  description: 'How your media go in a meeting.',
  valuesConfig: {
    NODE: { description: 'Through a media node: `session` has what it takes.' },
    DIRECT: { description: 'Directly to the one other, told with `sendSignal`, while no media node can be reached.' },
    NONE: { description: 'Not at all for now: join again after a while.' },
  },
});

@ObjectType('MeetingJoin', { description: 'What came of joining a meeting.' })
export class MeetingJoinType {
  @Field(() => ParticipantType, { description: 'Who you are in it; `state` tells whether you are in or wait.' })
  participant!: ParticipantType;

  @Field(() => MeetingType, { nullable: true, description: 'The meeting; null while you wait to be let in.' })
  meeting!: MeetingType | null;

  @Field(() => MediaSessionType, {
    nullable: true,
    description: 'To send and receive with; null while you wait, and when no media node takes anybody for now.',
  })
  session!: MediaSessionType | null;

  @Field(() => MediaModeEnum, { description: 'How your media go.' })
  mode!: MediaMode;

  @Field(() => [IceServerType], { description: 'TURN servers with credentials of yours, at most 5.' })
  iceServers!: IceServerType[];

  @Field({
    description:
      'Subscribe to `meetingChanged` with it as `after`: you are told what is not in this answer, and perhaps some of what is.',
  })
  changesAfter!: string;

  @Field({ description: 'The same for `participantChanged`.' })
  ownChangesAfter!: string;
}
