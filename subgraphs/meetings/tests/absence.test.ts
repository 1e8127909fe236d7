import { encodeId } from '@terakoya/common/global-ids';
import { asViewer, eventually } from '@terakoya/common/testkit';

import { nodesOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
const teacher = asViewer('TEACHER');

beforeAll(async () => {
  school = await openMeetings({ MEETING_ABSENCE_SECONDS: '1' });
});
afterAll(() => school.close());

test('who has no media and is not heard of any more has left for the others; who comes again stays', async () => {
  const id = await school.open(teacher);
  const gone = asViewer('STUDENT');
  const participantId = await school.enter(gone, id);
  await eventually(
    async () => {
      await school.enter(teacher, id); // as a client does that has no media session
      expect(await school.told(id)).toContainEqual(expect.objectContaining({ kind: 'PARTICIPANT_LEFT' }));
    },
    { everyMs: 600 },
  );
  const { meeting } = await school.see(teacher, id, 'participants { edges { node { user { id } } } } me { state }');
  expect(nodesOf(meeting.participants)).toEqual([{ user: { id: encodeId('User', teacher.userId) } }]);
  expect(meeting.me.state).toBe('PRESENT');
  expect(await school.enter(gone, id)).toBe(participantId);
});
