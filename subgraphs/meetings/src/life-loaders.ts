import type DataLoader from 'dataloader';

import type { Viewer } from '@terakoya/common/auth';
import type { Page, PageRequest } from '@terakoya/common/database';
import { createListLoaders, createLoader } from '@terakoya/common/graphql';

import type { CaptionEntity } from './caption/caption.entity';
import type { MessageEntity } from './chat/message.entity';
import type { MeetingEntity } from './meeting/meeting.entity';
import type { NotesEntity } from './notes/notes.entity';
import type { ParticipantEntity } from './participant/participant.entity';
import type { OptionKey, Tally } from './poll/ballot.repository';
import type { PollEntity } from './poll/poll.entity';
import type { LifeServices } from './services';
import type { StrokeEntity } from './whiteboard/stroke.entity';

type Lists<R> = (args: PageRequest) => DataLoader<string, Page<R>>;

/** What is written, asked, drawn and said in meetings, and their breakout rooms. */
export interface LifeLoaders {
  readonly messageById: DataLoader<string, MessageEntity | null>;
  readonly pollById: DataLoader<string, PollEntity | null>;
  readonly strokeById: DataLoader<string, StrokeEntity | null>;
  readonly captionById: DataLoader<string, CaptionEntity | null>;
  /** By meeting. */
  readonly notesOf: DataLoader<string, NotesEntity | null>;
  readonly messagesIn: Lists<MessageEntity>;
  readonly pollsIn: Lists<PollEntity>;
  readonly strokesIn: Lists<StrokeEntity>;
  readonly captionsIn: Lists<CaptionEntity>;
  readonly breakoutsIn: Lists<MeetingEntity>;
  /** By breakout room. */
  readonly assignedTo: Lists<ParticipantEntity>;
  /** By poll; null for one without a ballot. */
  readonly tallyOf: DataLoader<string, Tally | null>;
  /** By poll; null for one in which the viewer has not voted. */
  readonly myChoicesIn: DataLoader<string, { readonly pollId: string; readonly choices: number[] } | null>;
  /** By `<poll> <number of the option>`. */
  readonly votersOf: Lists<ParticipantEntity>;
}

const idOf = ({ id }: { readonly id: string }): string => id;
const pollIdOf = ({ pollId }: { readonly pollId: string }): string => pollId;

export function createLifeLoaders(services: LifeServices, viewer: Viewer | null): LifeLoaders {
  const { messages, polls, breakouts, whiteboard, notes, captions } = services;
  return {
    messageById: createLoader((ids) => messages.findMany(viewer, ids), idOf),
    pollById: createLoader((ids) => polls.findMany(viewer, ids), idOf),
    strokeById: createLoader((ids) => whiteboard.findMany(viewer, ids), idOf),
    captionById: createLoader((ids) => captions.findMany(viewer, ids), idOf),
    notesOf: createLoader(
      (ids) => notes.findMany(ids),
      ({ meetingId }) => meetingId,
    ),
    messagesIn: createListLoaders((ids, args) => messages.listMany(ids, args)),
    pollsIn: createListLoaders((ids, args) => polls.listMany(viewer, ids, args)),
    strokesIn: createListLoaders((ids, args) => whiteboard.listMany(ids, args)),
    captionsIn: createListLoaders((ids, args) => captions.listMany(ids, args)),
    breakoutsIn: createListLoaders((ids, args) => breakouts.listMany(viewer, ids, args)),
    assignedTo: createListLoaders((ids, args) => breakouts.listSeated(ids, args)),
    tallyOf: createLoader((ids) => polls.tallies(ids), pollIdOf),
    myChoicesIn: createLoader((ids) => polls.myChoices(viewer, ids), pollIdOf),
    votersOf: createListLoaders((keys, args) => polls.listVoters(keys.map(optionKeyOf), args)),
  };
}

function optionKeyOf(key: string): OptionKey {
  const [pollId = '', number = ''] = key.split(' ');
  return { pollId, number: Number(number) };
}
