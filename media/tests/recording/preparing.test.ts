import { v7 as uuid } from 'uuid';

import { mediaCommands as told, startRecording } from '@terakoya/common/contracts';
import { temporaryFolder } from '@terakoya/common/testkit';

import { type FakeSystem, pretendSystem } from '../../../common/system-tools/tests/fake-system';
import { newPeer, newRoom, openMedia } from '../open-media';

jest.setTimeout(60_000);

const onLinux = process.platform === 'linux' ? test : test.skip;
const folder = temporaryFolder();
let system: FakeSystem | undefined;
afterEach(() => system?.restore());

onLinux('on a machine without ffmpeg recording is being prepared, and is told to be so at once', async () => {
  const files = temporaryFolder();
  const node = await openMedia({
    FILE_STORAGE_DIRECTORY: files.path,
    FILE_STORAGE_SECRET: 'storage-secret-for-tests-of-32-chars',
  });
  try {
    const room = newRoom();
    await node.command(told.joinRoom, { room, peer: newPeer(), directions: [] });
    system = pretendSystem(folder);
    system.putAptGet('sleep 60;');
    const request = JSON.stringify({ room, recordingId: uuid(), keyPrefix: 'recordings/one/' });
    const asked = () => node.post(startRecording.name, request);
    for (const _time of [1, 2]) {
      expect(await asked()).toMatchObject({
        status: 503,
        body: { code: 'UNAVAILABLE', message: 'Recording is being prepared. Try again in a minute.' },
      });
    }
  } finally {
    await node.close(); // which ends the package manager
    files.remove();
  }
});
