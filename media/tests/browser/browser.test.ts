import { eventually } from '@terakoya/common/testkit';

import { type OpenedMedia, newRoom, openMedia } from '../open-media';
import { type Browsers, openBrowsers } from './browsers';

jest.setTimeout(60_000);

let media: OpenedMedia;
let browsers: Browsers | undefined;

beforeAll(async () => {
  browsers = await openBrowsers();
  media = await openMedia({ MEDIA_PEER_SILENCE_SECONDS: '1', MEDIA_PEER_IDLE_SECONDS: '5' });
}, 1_800_000); // where the worker has to be built first
afterAll(async () => {
  await browsers?.close();
  await media.close();
});

test('two browsers really decode each other over DTLS and SRTP, are measured, and get the layer they ask for', async () => {
  if (!browsers) return;
  const room = newRoom();
  const [one, other] = [await browsers.enter(media, room), await browsers.enter(media, room)];
  const [ofOne, ofOther] = [await one.publish(), await other.publish()];
  const [, picture] = await one.consume(ofOther);
  await other.consume(ofOne);
  for (const who of [one, other]) {
    await eventually(
      async () => {
        const { frames, audioEnergy } = await who.heard();
        expect(frames).toBeGreaterThan(20);
        expect(audioEnergy).toBeGreaterThan(0);
      },
      { timeoutMs: 20_000 },
    );
  }

  await eventually(
    async () => {
      const metrics = await (await fetch(`${media.base}/metrics`)).text();
      for (const direction of ['SEND', 'RECEIVE']) {
        expect(metrics).toMatch(new RegExp(`^terakoya_media_score_count{direction="${direction}"} [1-9]`, 'm'));
        expect(metrics).toMatch(new RegExp(`^terakoya_media_loss_ratio_count{direction="${direction}"} [1-9]`, 'm'));
        expect(metrics).toMatch(new RegExp(`^terakoya_media_bitrate_bps{direction="${direction}"} [1-9]`, 'm'));
      }
      expect(metrics).toMatch(/^terakoya_media_jitter_seconds_count\{direction="SEND"\} [1-9]/m);
      expect(metrics).toMatch(/^terakoya_media_round_trip_seconds_count [1-9]/m);
    },
    { timeoutMs: 20_000 },
  );

  const layer = { ...one.ids, consumerId: picture, spatialLayer: 0, temporalLayer: null };
  expect((await media.post('set-preferred-layers', JSON.stringify(layer))).status).toBe(200);
  await eventually(async () => expect((await one.heard()).width).toBe(160), { timeoutMs: 20_000 });
  await eventually(async () =>
    expect(await media.events()).toContainEqual(expect.objectContaining({ name: 'media.speaker.changed' })),
  );
});

test('a participant restarts ICE and goes on hearing and seeing; one who vanishes is given up', async () => {
  if (!browsers) return;
  const room = newRoom();
  const [one, other] = [await browsers.enter(media, room), await browsers.enter(media, room)];
  await one.consume(await other.publish());
  const advances = async () => {
    const { frames } = await one.heard();
    await eventually(async () => expect((await one.heard()).frames).toBeGreaterThan(frames + 20), {
      timeoutMs: 20_000,
    });
  };
  await advances();
  for (const who of [one, other]) await who.page.evaluate('participant.restartIce()');
  await advances();

  await other.page.close();
  const lost = { name: 'media.peer.lost', payload: expect.objectContaining({ room, peer: other.peer }) };
  await eventually(async () => expect(await media.events()).toContainEqual(expect.objectContaining(lost)), {
    timeoutMs: 15_000,
  });
});
