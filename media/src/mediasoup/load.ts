import { gauge } from '@terakoya/common/telemetry';

import type { Rooms } from '../rooms/rooms';
import type { Room } from './room';
import type { WorkerPool } from './worker-pool';

const rooms = gauge('terakoya_media_rooms', 'Rooms of the node.');
const peers = gauge('terakoya_media_peers', 'Participants of all rooms.');
const producers = gauge('terakoya_media_producers', 'Tracks that are sent to the node, by kind.', ['kind']);
const consumers = gauge('terakoya_media_consumers', 'Tracks that the node hands on, by worker.', ['worker']);
const cpu = gauge('terakoya_media_worker_cpu_seconds', 'CPU time of each worker since it began.', ['worker']);

/** Sets the gauges of what the node carries and what it costs. */
export async function gaugeLoad(register: Rooms<Room>, pool: WorkerPool): Promise<void> {
  const present = register.all.flatMap((room) => [...room.peers]);
  const tracks = present.flatMap((peer) => [...peer.producers.values()]);
  rooms.set(register.all.length);
  peers.set(present.length);
  for (const kind of ['audio', 'video'] as const)
    producers.set({ kind }, tracks.filter((one) => one.kind === kind).length);
  await Promise.all(
    pool.workers.map(async ({ worker, consumers: carried }, index) => {
      consumers.set({ worker: String(index) }, carried);
      if (worker.closed) return;
      const { ru_utime: user, ru_stime: system } = await worker.getResourceUsage();
      cpu.set({ worker: String(index) }, (user + system) / 1_000);
    }),
  );
}
