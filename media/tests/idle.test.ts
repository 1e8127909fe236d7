import { mediaCommands as told } from '@terakoya/common/contracts';
import { eventually } from '@terakoya/common/testkit';

import { newRoom, openMedia } from './open-media';
import { enterRoom } from './participants';

test('who joins and never connects is given up, unless something is signalled for them', async () => {
  const node = await openMedia({ MEDIA_PEER_IDLE_SECONDS: '1' });
  try {
    const room = newRoom();
    const [gone, staying] = [await enterRoom(node, room), await enterRoom(node, room)];
    await eventually(async () => {
      await node.command(told.stayInRoom, staying.ids);
      expect(await node.events()).toMatchObject([{ name: 'media.peer.lost', payload: { room, peer: gone.ids.peer } }]);
    });
    expect(await node.refusal(told.stayInRoom, gone.ids)).toBe('NOT_FOUND');
    expect(await node.refusal(told.stayInRoom, staying.ids)).toBeUndefined();
  } finally {
    await node.close();
  }
});
