import DataLoader from 'dataloader';

import type { Viewer } from '@terakoya/common/auth';
import type { Page, PageRequest } from '@terakoya/common/database';
import { type SubgraphContext, createListLoaders, createLoader } from '@terakoya/common/graphql';

import type { ParticipantQuality } from './media/quality.policy';
import type { QualityService } from './media/quality.service';
import type { TrackEntity } from './media/track.entity';
import type { MeetingEntity } from './meeting/meeting.entity';
import type { ParticipantEntity } from './participant/participant.entity';
import type { ChapterEntity, RecordingEntity } from './recording/recording.entity';
import { type LifeLoaders, createLifeLoaders } from './life-loaders';
import type { MeetingsServices } from './services';

type Lists<R> = (args: PageRequest) => DataLoader<string, Page<R>>;

/** Everything by id, and lists by parent, as the viewer may see it; one statement for all that is asked for together. */
export interface MeetingsContext extends SubgraphContext, LifeLoaders {
  /** The service that asks: the gateway, or one that asks for itself. */
  readonly caller: string;
  readonly meetingById: DataLoader<string, MeetingEntity | null>;
  readonly participantById: DataLoader<string, ParticipantEntity | null>;
  readonly trackById: DataLoader<string, TrackEntity | null>;
  /** The viewer's own participation by meeting. */
  readonly mineIn: DataLoader<string, ParticipantEntity | null>;
  /** How many are present by meeting. */
  readonly presentIn: DataLoader<string, { readonly meetingId: string; readonly count: number } | null>;
  /** How the media of a participant goes, by their id. */
  readonly qualityOf: (participant: ParticipantEntity) => DataLoader<string, ParticipantQuality | null>;
  readonly tracksOf: DataLoader<string, TrackEntity[]>;
  /** The recording that runs, by meeting. */
  readonly recordingIn: DataLoader<string, RecordingEntity | null>;
  readonly recordingById: DataLoader<string, RecordingEntity | null>;
  readonly recordingsOf: Lists<RecordingEntity>;
  readonly chaptersOf: DataLoader<string, ChapterEntity[]>;
  readonly meetingsOfClass: Lists<MeetingEntity>;
  readonly participantsIn: (state: 'PRESENT' | 'WAITING') => Lists<ParticipantEntity>;
}

const idOf = ({ id }: { readonly id: string }): string => id;
const meetingIdOf = ({ meetingId }: { readonly meetingId: string }): string => meetingId;

export function createMeetingsContext(
  services: MeetingsServices,
  viewer: Viewer | null,
  caller: string,
): MeetingsContext {
  const { meetings, participants, tracks, recordings, qualities } = services;
  const lists = {
    PRESENT: createListLoaders((ids, args) => participants.listMany(ids, 'PRESENT', args)),
    WAITING: createListLoaders((ids, args) => participants.listMany(ids, 'WAITING', args)),
  };
  return {
    viewer,
    caller,
    meetingById: createLoader((ids) => meetings.findMany(viewer, ids), idOf),
    participantById: createLoader((ids) => participants.findMany(viewer, ids), idOf),
    trackById: createLoader((ids) => tracks.findMany(viewer, ids), idOf),
    mineIn: createLoader((ids) => participants.mineIn(viewer, ids), meetingIdOf),
    presentIn: createLoader((ids) => meetings.countsPresent(ids), meetingIdOf),
    qualityOf: createQualityLoader(qualities),
    tracksOf: new DataLoader((ids) => tracks.liveOf(ids)),
    recordingIn: createLoader((ids) => recordings.runningIn(ids), meetingIdOf),
    recordingById: createLoader((ids) => recordings.findMany(viewer, ids), idOf),
    recordingsOf: createListLoaders((ids, args) => recordings.listMany(ids, args)),
    chaptersOf: new DataLoader((ids) => recordings.chaptersOf(ids)),
    meetingsOfClass: createListLoaders((ids, args) => meetings.listOfClasses(viewer, ids, args)),
    participantsIn: (state) => lists[state],
    ...createLifeLoaders(services, viewer),
  };
}

/** Participants are at hand where their quality is asked for: they need not be looked up by their ids again. */
function createQualityLoader(qualities: QualityService): MeetingsContext['qualityOf'] {
  const known = new Map<string, ParticipantEntity>();
  const loader = createLoader(
    (ids) => qualities.of(ids.flatMap((id) => known.get(id) ?? [])),
    ({ participantId }: ParticipantQuality) => participantId,
  );
  return (participant) => {
    known.set(participant.id, participant);
    return loader;
  };
}
