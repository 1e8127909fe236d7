import { join } from 'node:path';

import { startRedis } from '../../common/local-servers';
import { requireMediasoupWorker } from '../../media/src/worker/require-worker';
import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import type { SfuCores } from './cores';
import type { ParticipantsQuestion } from './participants/main';
import type { ProbeQuestion } from './probe/main';

const START_MS = 60_000;
const ANSWER_MS = 120_000;

/** What is there for every node: the participants, the probe, an event log and the worker's program. */
export interface Surroundings {
  readonly cores: SfuCores | null;
  readonly workerBin: string;
  readonly redisUrl: string;
  readonly participantsPid: number;
  readonly participants: <T>(question: ParticipantsQuestion) => Promise<T>;
  readonly probe: <T>(question: ProbeQuestion) => Promise<T>;
}

/** Starts it all on the cores that no node has; all is gone when `work` is done. */
export async function withSurroundings<T>(
  cores: SfuCores | null,
  report: (line: string) => void,
  work: (around: Surroundings) => Promise<T>,
): Promise<T> {
  const workerBin = await requireMediasoupWorker({ report });
  const redis = await startRedis({ port: 0, report: () => undefined });
  const start = (name: string, file: string) =>
    new BenchProcess({
      name,
      args: [...FROM_SOURCE, join(__dirname, file)],
      environment: { MEDIASOUP_WORKER_BIN: workerBin },
      cores: cores?.others,
    });
  const participants = start('the participants', 'participants/main.ts');
  const probe = start('the probe', 'probe/main.ts');
  try {
    await Promise.all([participants.message(START_MS), probe.message(START_MS)]);
    return await work({
      cores,
      workerBin,
      redisUrl: redis.url,
      participantsPid: participants.pid,
      participants: inTurn(participants),
      probe: inTurn(probe),
    });
  } finally {
    await Promise.all([participants.stop(), probe.stop()]);
    await redis.stop();
  }
}

/** Asks a process one question after the other, so that each gets its own answer. */
function inTurn(process: BenchProcess): <T>(question: object) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(question: object) => {
    const answer = last.then(() => process.ask<T>(question, ANSWER_MS));
    last = answer.catch(() => undefined); // whoever has asked is told
    return answer;
  };
}
