import type { SchoolClient } from '@terakoya/common/school-client';

import { poll } from '../../../common/lifecycle';
import { demonstrateMeeting } from '../../e2e/demonstrate-meeting';
import { type Person, openPeople } from '../../e2e/meeting/people';
import type { SchoolUnderTest } from '../../e2e/school-under-test';
import { enterSchool } from './class';

const TEACHER = { email: 'teacher@demo.terakoya.school', password: 'terakoya-demo' };
const within = { timeoutMs: 90_000, everyMs: 500 };
/** Decoded pictures after which a lesson was one. */
const PICTURES = 200;

/**
 * A lesson of a teacher and a pupil in real browsers: each sees and hears the other, somebody writes, it is recorded and
 * the film is made. Throws ToolMissingError where there is no browser, and TimedOutError when no picture comes.
 */
export async function holdLesson(under: SchoolUnderTest, teacher: SchoolClient): Promise<void> {
  await demonstrateMeeting(teacher);
  const people = await openPeople(under);
  if (!people) throw new Error('A lesson needs a browser: without one the panels of media stay empty.');
  try {
    const { data } = await teacher.ask<{ createMeeting: { id: string } }>(
      'mutation Lesson { createMeeting(input: { title: "Photosynthesis", policy: { hasWaitingRoom: false } }) { id } }',
    );
    const meetingId = data.createMeeting.id;
    const host = await people.join(
      'Demo Teacher',
      await enterSchool(under, 'signIn', 'SignInInput', TEACHER),
      meetingId,
    );
    const pupil = { displayName: 'Aoi', email: `aoi-${process.pid}@example.org`, password: 'long enough 8' };
    const aoi = await people.join('Aoi', await enterSchool(under, 'signUp', 'SignUpInput', pupil), meetingId);
    await seeing(aoi, 'Demo Teacher', 1);
    const recordingId = await record(teacher, 'startRecording', meetingId);
    await teacher.ask(
      'mutation Say($id: ID!) { sendMeetingMessage(input: { meetingId: $id, text: "Good morning" }) { id } }',
      { id: meetingId },
    );
    await Promise.all([seeing(aoi, 'Demo Teacher', PICTURES), seeing(host, 'Aoi', PICTURES)]);
    await record(teacher, 'stopRecording', meetingId);
    await film(teacher, recordingId);
  } finally {
    await people.close();
  }
}

async function record(teacher: SchoolClient, mutation: string, meetingId: string): Promise<string> {
  const { data } = await teacher.ask<Record<string, { id: string } | undefined>>(
    `mutation Record($input: MeetingInput!) { ${mutation}(input: $input) { id } }`,
    { input: { meetingId } },
  );
  return data[mutation]?.id ?? '';
}

/** So many pictures of somebody's camera have been decoded. */
async function seeing(receiver: Person, sender: string, pictures: number): Promise<void> {
  await poll(`${receiver.name}'s picture of ${sender}`, within, async () =>
    (await receiver.decoded(sender, 'CAMERA')).frames >= pictures ? true : undefined,
  );
}

async function film(teacher: SchoolClient, id: string): Promise<void> {
  await poll('The film', within, async () => {
    const { data } = await teacher.ask<{ node: { state: string } }>(
      'query Film($id: ID!) { node(id: $id) { ... on Recording { state } } }',
      { id },
    );
    if (data.node.state === 'FAILED') throw new Error('The film could not be made.');
    return data.node.state === 'READY' ? true : undefined;
  });
}
