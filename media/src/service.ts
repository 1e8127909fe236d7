import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';

import { createIdentityHeaders } from '@terakoya/common/auth';
import { type Service, createService, every } from '@terakoya/common/lifecycle';
import { type Logger, createLogger } from '@terakoya/common/logging';
import { createEventLog } from '@terakoya/common/streams';

import type { MediaConfig } from './config';
import { createControlServer } from './control/control-server';
import { createMediaEvents } from './events';
import { createCommands } from './mediasoup/commands';
import { gaugeLoad } from './mediasoup/load';
import { createPlainCommands } from './mediasoup/plain';
import { Room } from './mediasoup/room';
import { WorkerPool } from './mediasoup/worker-pool';
import { Rooms } from './rooms/rooms';

const GAUGES_MS = 5_000;

/** An SFU node: takes participants' media, hands it on to the others, and does what `meetings` tells it. */
export function createMedia(config: MediaConfig, overrides: { readonly logger?: Logger } = {}): Service {
  const logger = overrides.logger ?? createLogger('media', config.LOG_LEVEL);
  return createService(async (opened) => {
    const log = opened(createEventLog({ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX }));
    const events = createMediaEvents(randomUUID(), log, logger);
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
          peerSilenceMs: config.MEDIA_PEER_SILENCE_SECONDS * 1_000,
          listener: { ...events.listener, lost: (lost) => (rooms.lose(lost), events.listener.lost(lost)) },
        }),
    );
    opened({ close: async () => rooms.closeAll() });
    opened(every(GAUGES_MS, logger, () => gaugeLoad(rooms, pool)));
    const host = createControlServer({
      host: config.HOST,
      port: config.PORT,
      identityHeaders: createIdentityHeaders(config.IDENTITY_SECRET),
      commands: [...createCommands(rooms), ...createPlainCommands(rooms, config.MEDIA_PLAIN_TRANSPORTS)],
      readiness: { redis: () => log.ready(), workers: () => pool.ready() },
      onCommand: events.commanded,
      logger,
    });
    return opened(host).start();
  });
}
