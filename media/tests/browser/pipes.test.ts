import { mediaCommands as told } from '@terakoya/common/contracts';
import { createTestRedis, eventually } from '@terakoya/common/testkit';

import { type OpenedMedia, newRoom, openMedia } from '../open-media';
import { type Browsers, type Entered, openBrowsers } from './browsers';

jest.setTimeout(90_000);

const { prefix } = createTestRedis();
let here: OpenedMedia;
let there: OpenedMedia;
let browsers: Browsers | undefined;

beforeAll(async () => {
  browsers = await openBrowsers();
  const spread = { REDIS_PREFIX: prefix, MEDIASOUP_WORKERS: '2', MEDIA_CONSUMERS_PER_ROUTER: '2' };
  here = await openMedia(spread);
  there = await openMedia({ REDIS_PREFIX: prefix });
}, 1_800_000); // where the worker has to be built first
afterAll(async () => {
  await browsers?.close();
  await here.close();
  await there.close();
});

const within = { timeoutMs: 20_000 };

async function hearsAndSees(who: Entered): Promise<void> {
  const before = await who.heard();
  await eventually(async () => {
    const now = await who.heard();
    expect(now.frames).toBeGreaterThan(before.frames + 20);
    expect(now.audioEnergy).toBeGreaterThan(before.audioEnergy);
  }, within);
}

test('browsers on one node really hear and see one on another: layers, pause, resume, end', async () => {
  if (!browsers) return;
  const room = newRoom();
  const sender = await browsers.enter(there, room);
  const [voice = '', picture = ''] = await sender.publish();
  const home = { controlUrl: there.base, room };
  const first = await browsers.enter(here, room);
  const [, ofPicture = ''] = await first.consume([voice, picture], home);
  const second = await browsers.enter(here, room); // on the other router: the first has as many as it should have
  const [, ofPictureToo = ''] = await second.consume([voice, picture], home);
  await hearsAndSees(first);
  await hearsAndSees(second);

  const layer = { consumerId: ofPicture, spatialLayer: 0, temporalLayer: null };
  await here.command(told.setPreferredLayers, { ...first.ids, ...layer });
  await eventually(async () => expect((await first.heard()).width).toBe(160), within);
  await eventually(async () => expect((await second.heard()).width).toBeGreaterThan(160), within);
  const before = (await second.heard()).keyFrames;
  await here.command(told.requestKeyFrame, { ...second.ids, consumerId: ofPictureToo });
  await eventually(async () => expect((await second.heard()).keyFrames).toBeGreaterThan(before), within);

  const pause = (isPaused: boolean) =>
    there.command(told.setProducerPaused, { ...sender.ids, producerId: picture, isPaused });
  await pause(true);
  await eventually(async () => {
    const { frames } = await second.heard();
    await second.page.waitForTimeout(500); // in which ten frames would come
    expect((await second.heard()).frames).toBe(frames);
  }, within);
  await pause(false);
  await hearsAndSees(second);
  await hearsAndSees(first);

  await there.command(told.closeProducer, { ...sender.ids, producerId: picture });
  const refused = () => here.refusal(told.requestKeyFrame, { ...first.ids, consumerId: ofPicture });
  await eventually(async () => expect(await refused()).toBe('NOT_FOUND'), within);
});
