import { encodeId } from '@terakoya/common/global-ids';
import { asViewer } from '@terakoya/common/testkit';
import { v7 as uuid } from 'uuid';

import { type Person, keyOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
beforeAll(async () => {
  school = await openMeetings();
});
afterAll(() => school.close());

async function call() {
  const [teacher, pupil] = [asViewer('TEACHER'), asViewer('STUDENT')];
  const id = await school.open(teacher);
  const { value: ofPupil } = await school.join(pupil, id);
  const { value: ofTeacher } = await school.join(teacher, id);
  return { id, teacher, pupil, ofTeacher, ofPupil };
}

const signal = (who: Person, meetingId: string, participantId: string, text: string) =>
  school.change(who, 'sendSignal', 'SendSignalInput', { meetingId, participantId, signal: text });

test('two who are alone without a media node call each other directly, and only the other hears what is told', async () => {
  const { id, teacher, pupil, ofTeacher, ofPupil } = await call();
  expect([ofTeacher.mode, ofPupil.mode, ofPupil.session]).toEqual(['DIRECT', 'DIRECT', null]);
  expect((await signal(teacher, id, ofPupil.participant.id, 'an offer')).value).toBe(true);
  expect(await school.untilTold(id, 'SIGNAL')).toMatchObject({
    userId: pupil.userId,
    participantId: keyOf(ofPupil.participant.id),
    fromId: keyOf(ofTeacher.participant.id),
    signal: 'an offer',
  });
});

test('a third one ends it, and nobody else can tell anybody anything', async () => {
  const { id, teacher, ofTeacher, ofPupil } = await call();
  const third = asViewer('STUDENT');
  expect((await signal(third, id, ofPupil.participant.id, 'x')).code).toBe('NOT_FOUND');
  expect((await signal(teacher, id, ofTeacher.participant.id, 'x')).code).toBe('NOT_FOUND');
  expect((await signal(teacher, id, encodeId('MeetingParticipant', uuid()), 'x')).code).toBe('NOT_FOUND');
  expect((await signal(teacher, id, ofPupil.participant.id, 'x'.repeat(32_769))).code).toBe('BAD_USER_INPUT');
  expect((await school.join(third, id)).value.mode).toBe('NONE');
  expect((await signal(teacher, id, ofPupil.participant.id, 'x')).code).toBe('CONFLICT');
  expect((await school.told(id)).filter(({ kind }) => kind === 'SIGNAL')).toEqual([]);
});

test('who tells too much too fast is slowed down', async () => {
  const { id, teacher, ofPupil } = await call();
  const codes = await Promise.all(
    Array.from({ length: 110 }, async () => (await signal(teacher, id, ofPupil.participant.id, 'x')).code),
  );
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(10);
});
