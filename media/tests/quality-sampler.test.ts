import type { types } from 'mediasoup';

import type { PeerProducer, ProducerFacts } from '../src/mediasoup/peer';
import { toRtpParameters } from '../src/mediasoup/present';
import { QualitySampler } from '../src/mediasoup/quality-sampler';
import { ROUTER_CODECS } from '../src/mediasoup/codecs';
import { startWorker } from '../src/mediasoup/start-worker';
import { requireMediasoupWorker } from '../src/worker/require-worker';
import { opus } from './tracks';

let worker: types.Worker;

beforeAll(async () => {
  worker = await startWorker({ logLevel: 'error', workerBin: await requireMediasoupWorker() });
}, 1_800_000); // where the worker has to be built first
afterAll(() => worker.close());

/** Tracks that are sent to a worker, and how often it was asked about each. */
async function openTracks(count: number) {
  const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  const producers: PeerProducer[] = [];
  for (let index = 0; index < count; index += 1) {
    producers.push(
      await transport.produce<ProducerFacts>({
        kind: 'audio',
        rtpParameters: toRtpParameters({ ...opus(), mid: undefined }),
        appData: { source: 'MICROPHONE' },
      }),
    );
  }
  const spies = producers.map((producer) => jest.spyOn(producer, 'getStats'));
  const peers = [{ producers: new Map(producers.map((one) => [one.id, one])), consumers: new Map() }];
  return { producers, rooms: { all: [{ peers }] }, asked: () => spies.map(({ mock }) => mock.calls.length) };
}

test('each turn asks about so many tracks at most, and each track has its turn', async () => {
  const { rooms, asked } = await openTracks(5);
  const sampler = new QualitySampler(rooms, 2);
  await sampler.sample();
  expect(asked()).toEqual([1, 1, 0, 0, 0]);
  for (let turn = 1; turn < 5; turn += 1) await sampler.sample();
  expect(asked()).toEqual([2, 2, 2, 2, 2]);
});

test('a paused track is not measured, and one that closes meanwhile is no error', async () => {
  const { producers, rooms, asked } = await openTracks(2);
  await producers[0]?.pause();
  const sampling = new QualitySampler(rooms, 10).sample();
  producers[1]?.close();
  await sampling;
  expect(asked()).toEqual([0, 1]);
});
