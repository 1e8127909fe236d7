import { meetingChanged, participantChanged, speakerChanged } from '@terakoya/common/contracts';
import { type EventLog, encodeCursor, readCursor } from '@terakoya/common/streams';

/** Cursors for the two subscriptions of a participant. */
export interface ChangePlaces {
  /** For `meetingChanged`. */
  readonly ofMeeting: string;
  /** For `participantChanged`. */
  readonly ofParticipant: string;
}

/** The domains whose events feed each subscription, in the order of cursors: as the realtime server has them. */
const OF_MEETING = [...new Set([meetingChanged.domain, speakerChanged.domain])].sort();
const OF_PARTICIPANT = [participantChanged.domain];

/** From where on the subscriptions tell what is not in what is read after this. */
export async function readChangePlaces(log: Pick<EventLog, 'epoch' | 'latestEntryId'>): Promise<ChangePlaces> {
  const cursor = await readCursor(log, OF_MEETING);
  return { ofMeeting: encodeCursor(cursor, OF_MEETING), ofParticipant: encodeCursor(cursor, OF_PARTICIPANT) };
}
