import type { SchoolClient } from '@terakoya/common/school-client';

/** A meeting in which something of every kind happens that needs no media: its ids are in the answers. */
export async function demonstrateMeeting(owner: SchoolClient): Promise<void> {
  const made = await owner.ask<{ createMeeting: { id: string } }>(
    'mutation Create { createMeeting(input: { title: "Demo meeting", policy: { hasWaitingRoom: false } }) { id } }',
  );
  const { id } = made.data.createMeeting;
  await owner.ask('mutation Join($id: ID!) { joinMeeting(input: { meetingId: $id }) { participant { id } } }', { id });
  await owner.ask(
    `mutation Life($id: ID!) {
      sendMeetingMessage(input: { meetingId: $id, text: "Good morning" }) { id author { id } }
      createMeetingPoll(input: { meetingId: $id, question: "Ready?", options: ["yes", "no"], isOpen: true }) { id }
      addWhiteboardStrokes(
        input: { meetingId: $id, strokes: [{ points: [0, 0, 1, 1], color: "#000000", width: 0.01 }] }
      ) { id }
      sendCaption(input: { meetingId: $id, text: "Good morning", language: "en", isFinal: true }) { id }
      openBreakouts(input: { meetingId: $id, rooms: [{ title: "Demo room" }], assignment: SELF_SELECT }) {
        id breakouts { edges { node { id } } }
      }
    }`,
    { id },
  );
}
