import { canWriteNotes } from './notes.policy';

test.each([true, false])('who may write (%s) may write notes', (mayChat) => {
  expect(canWriteNotes({ mayChat })).toBe(mayChat);
});
