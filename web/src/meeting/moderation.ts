import type { MeetingGraph } from './graph';
import {
  admitParticipant,
  askToUnmute,
  denyParticipant,
  endMeeting,
  lowerHands,
  muteParticipant,
  removeParticipant,
  setMeetingLocked,
} from './moderation.documents';
import { startRecording, stopRecording } from './recording.documents';

/** What moderators do; each rejects with the error of the graph, whose message is meant for people. */
export class Moderation {
  constructor(
    private readonly graph: MeetingGraph,
    private readonly meetingId: string,
  ) {}

  admit = (participantId: string) => this.graph.ask(admitParticipant, this.#about(participantId));
  deny = (participantId: string) => this.graph.ask(denyParticipant, this.#about(participantId));
  remove = (participantId: string) => this.graph.ask(removeParticipant, this.#about(participantId));
  mute = (participantId: string) => this.graph.ask(muteParticipant, this.#about(participantId));
  askToUnmute = (participantId: string) => this.graph.ask(askToUnmute, this.#about(participantId));
  lowerHand = (participantId: string) => this.graph.ask(lowerHands, this.#about(participantId));
  setLocked = (isLocked: boolean) =>
    this.graph.ask(setMeetingLocked, { input: { meetingId: this.meetingId, isLocked } });
  startRecording = () => this.graph.ask(startRecording, { meetingId: this.meetingId });
  stopRecording = () => this.graph.ask(stopRecording, { meetingId: this.meetingId });
  end = () => this.graph.ask(endMeeting, { meetingId: this.meetingId });

  #about(participantId: string) {
    return { input: { meetingId: this.meetingId, participantId } };
  }
}
