import type { MediaRoom } from '@terakoya/common/contracts';

import { Rooms } from './rooms';

const meetingId = 'ce4c2c4b-6f30-4d6c-8f5f-5f5f1c4b7a01';
const open = () => {
  const closed: number[] = [];
  const rooms = new Rooms((id: MediaRoom) => ({
    id,
    get isClosed() {
      return closed.includes(id.epoch);
    },
    close: () => void closed.push(id.epoch),
  }));
  return { rooms, closed };
};

test('opening twice is opening once', () => {
  const { rooms } = open();
  expect(rooms.open({ meetingId, epoch: 1 })).toBe(rooms.open({ meetingId, epoch: 1 }));
  expect(rooms.get({ meetingId, epoch: 1 }).id.epoch).toBe(1);
});

test('a later epoch closes the earlier one, which is not found any more', () => {
  const { rooms, closed } = open();
  rooms.open({ meetingId, epoch: 1 });
  rooms.open({ meetingId, epoch: 2 });
  expect(closed).toEqual([1]);
  for (const ask of [() => rooms.get({ meetingId, epoch: 1 }), () => rooms.open({ meetingId, epoch: 1 })]) {
    expect(ask).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  }
});

test('a room that was closed can be opened again, one that was lost only with a later epoch', () => {
  const { rooms } = open();
  rooms.open({ meetingId, epoch: 1 });
  rooms.close({ meetingId, epoch: 1 });
  expect(rooms.all).toEqual([]);
  rooms.open({ meetingId, epoch: 2 });
  rooms.lose({ meetingId, epoch: 2 });
  for (const epoch of [1, 2]) {
    expect(() => rooms.open({ meetingId, epoch })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  }
  expect(rooms.open({ meetingId, epoch: 3 }).id.epoch).toBe(3);
});
