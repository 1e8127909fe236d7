import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';

import { createIdentityHeaders } from '@terakoya/common/auth';
import { faults } from '@terakoya/common/faults';
import { type Closable, type Service, createService, every } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createMediaNodes } from '@terakoya/common/media-nodes';
import { createEventLog } from '@terakoya/common/streams';

import type { MediaConfig } from './config';
import { createControlServer } from './control/control-server';
import { createMediaEvents } from './events';
import { createCommands } from './mediasoup/commands';
import { gaugeLoad } from './mediasoup/load';
import { NodeLoad } from './mediasoup/node-load';
import { createPipeCommands } from './mediasoup/pipe-commands';
import { Pipes } from './mediasoup/pipes';
import { createPlainCommands } from './mediasoup/plain';
import { QualitySampler } from './mediasoup/quality-sampler';
import { recordable } from './mediasoup/recordable-room';
import { Room } from './mediasoup/room';
import { WorkerPool } from './mediasoup/worker-pool';
import { createNodeClient } from './pipes/node-client';
import { watchNodes } from './pipes/node-watch';
import { createDrainCommand } from './presence/drain-command';
import { NodePresence } from './presence/node-presence';
import { createRecordingCommands } from './recording/commands';
import { openRecordings } from './recording/open-recordings';
import { Rooms } from './rooms/rooms';

const GAUGES_MS = 5_000;
const LOAD_MS = 2_000;
/** How often media are sampled, and of how many tracks: some 6 questions a second to the workers at most. */
const SAMPLE_MS = 10_000;
const SAMPLED_TRACKS = 64;
/** What closing takes besides the drain. */
const CLOSING_MS = 15_000;

export interface MediaOverrides {
  readonly logger?: Logger;
  /** The node was drained by command: ends the program, which closes the service. */
  readonly onDrained?: () => void;
}

type Opened = <R extends Closable>(resource: R) => R;

/** An SFU node: takes participants' media, hands it on to the others, and does what `meetings` tells it. */
export function createMedia(config: MediaConfig, overrides: MediaOverrides = {}): Service {
  const logger = overrides.logger ?? createLogger('media', config.LOG_LEVEL);
  const drainMs = config.MEDIA_DRAIN_SECONDS * 1_000;
  const service = createService(async (opened) => {
    const nodeId = randomUUID();
    const identityHeaders = createIdentityHeaders(config.IDENTITY_SECRET);
    const log = opened(createEventLog({ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX }));
    const nodes = opened(createMediaNodes({ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX }));
    const events = createMediaEvents(nodeId, log, logger);
    const recordings = await openRecordings({ config, nodeId, log, logger, opened });
    const { pool, rooms } = await openRooms(config, events, opened);
    faults.offer('media-worker-death', () => pool.killOne());
    opened(every(GAUGES_MS, logger, () => gaugeLoad(rooms, pool)));
    const sampler = new QualitySampler(rooms, SAMPLED_TRACKS);
    opened(every(SAMPLE_MS, logger, () => sampler.sample()));
    const load = new NodeLoad(pool, config.MEDIA_CONSUMERS_PER_ROUTER);
    opened(every(LOAD_MS, logger, () => load.measure()));
    const presence = new NodePresence({
      ...{ nodes, nodeId, region: config.MEDIA_REGION, drainMs, logger },
      load: () => load.share,
      isEmpty: () => rooms.all.every(({ peers }) => [...peers].length === 0),
      onDraining: events.draining,
    });
    const client = opened(createNodeClient(identityHeaders, logger));
    opened({ close: async () => rooms.closeAll() });
    const pipes = new Pipes({
      self: () => ({ nodeId, controlUrl: presence.controlUrl }),
      client,
      listenInfo: pipeListenInfo(config),
      idleMs: config.MEDIA_PIPE_IDLE_SECONDS * 1_000,
      listener: events.listener,
    });
    const onGone = (gone: string): void => pipes.lose(gone);
    opened(watchNodes({ nodes, client, watched: () => pipes.others, onGone, logger }));
    const host = createControlServer({
      host: config.HOST,
      port: config.PORT,
      identityHeaders,
      commands: [
        ...createCommands(rooms, pipes, presence),
        ...createPipeCommands(rooms, pipes),
        ...createRecordingCommands(recordings, (id) => recordable(rooms.get(id))),
        ...createPlainCommands(rooms, config.MEDIA_PLAIN_TRANSPORTS),
        createDrainCommand(presence, overrides.onDrained),
      ],
      readiness: { redis: () => log.ready(), workers: () => pool.ready() },
      onCommand: events.commanded,
      logger,
    });
    const started = await opened(host).start();
    opened(presence.start(controlUrlOf(config, started.port)));
    return started;
  });
  return { ...service, closingMs: drainMs + CLOSING_MS };
}

async function openRooms(config: MediaConfig, events: ReturnType<typeof createMediaEvents>, opened: Opened) {
  const pool = opened(
    await WorkerPool.open({
      workers: config.MEDIASOUP_WORKERS ?? availableParallelism(),
      workerBin: config.MEDIASOUP_WORKER_BIN,
      listenIp: config.MEDIASOUP_LISTEN_IP,
      announcedAddress: config.MEDIASOUP_ANNOUNCED_IP,
      port: config.MEDIASOUP_PORT,
      onDied: events.workerDied,
    }),
  );
  const rooms: Rooms<Room> = new Rooms<Room>(
    (id) =>
      new Room(id, {
        pool,
        consumersPerRouter: config.MEDIA_CONSUMERS_PER_ROUTER,
        patience: {
          silenceMs: config.MEDIA_PEER_SILENCE_SECONDS * 1_000,
          idleMs: config.MEDIA_PEER_IDLE_SECONDS * 1_000,
        },
        listener: { ...events.listener, lost: (lost) => (rooms.lose(lost), events.listener.lost(lost)) },
      }),
  );
  return { pool, rooms };
}

/** Where pipes between nodes listen: each has a port of its own, which mediasoup chooses. */
function pipeListenInfo(config: MediaConfig) {
  if (config.MEDIA_PIPE_IP !== undefined) return { protocol: 'udp', ip: config.MEDIA_PIPE_IP } as const;
  const announcedAddress = config.MEDIASOUP_ANNOUNCED_IP;
  const listen = { protocol: 'udp', ip: config.MEDIASOUP_LISTEN_IP } as const;
  return announcedAddress !== undefined && isIP(announcedAddress) !== 0 ? { ...listen, announcedAddress } : listen;
}

function controlUrlOf({ MEDIA_CONTROL_URL, HOST }: MediaConfig, port: number): string {
  const host = isIP(HOST) === 6 ? `[${HOST}]` : HOST;
  return (MEDIA_CONTROL_URL ?? `http://${host}:${port}`).replace(/\/$/, '');
}
