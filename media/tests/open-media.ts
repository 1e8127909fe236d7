import { observer } from 'mediasoup';
import { v7 as uuid } from 'uuid';

import { IDENTITY_HEADER, createIdentityHeaders } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';
import type { MediaCommand, MediaRequest, MediaResponse } from '@terakoya/common/contracts';
import { createEventLog } from '@terakoya/common/streams';
import { createTestRedis, testIdentity } from '@terakoya/common/testkit';

import { mediaConfig } from '../src/config';
import { type MediaOverrides, createMedia } from '../src/service';
import { requireMediasoupWorker } from '../src/worker/require-worker';

const headers = createIdentityHeaders(new Secret(testIdentity.secret));

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly code: string | undefined;
}

/** A way to command a media node as `meetings` does. */
export function commandNode(base: string) {
  const post = async (name: string, body: string, caller: string | null = 'meetings'): Promise<Answer<never>> => {
    const identity: Record<string, string> =
      caller === null ? {} : { [IDENTITY_HEADER]: headers.sign({ caller, viewer: null }) };
    const response = await fetch(`${base}/control/${name}`, {
      method: 'POST',
      headers: identity,
      body,
      signal: AbortSignal.timeout(30_000),
    });
    const answered = JSON.parse(await response.text());
    return { status: response.status, body: answered as never, code: answered.code }; // typed by `command`
  };
  return {
    base,
    post,
    /** Commands the node; the answer is parsed by the command's own contract. */
    async command<C extends MediaCommand>(command: C, request: MediaRequest<C>): Promise<MediaResponse<C>> {
      const { status, body } = await post(command.name, JSON.stringify(request));
      if (status !== 200) throw new Error(`${command.name}: ${status} ${JSON.stringify(body)}`);
      return command.response.parse(body) as MediaResponse<C>; // parsed by the very schema it is the type of
    },
    /** The code with which the node refuses. */
    async refusal<C extends MediaCommand>(command: C, request: MediaRequest<C>): Promise<string | undefined> {
      return (await post(command.name, JSON.stringify(request))).code;
    },
    async isReady(): Promise<boolean> {
      return (await fetch(`${base}/ready`)).ok;
    },
  };
}

/** A media node with real workers, on free ports. */
export async function openMedia(environment: Readonly<Record<string, string>> = {}, overrides: MediaOverrides = {}) {
  const report = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const workerBin = await requireMediasoupWorker({ report });
  const redis = { ...createTestRedis(), ...(environment.REDIS_PREFIX ? { prefix: environment.REDIS_PREFIX } : {}) };
  const pids: number[] = [];
  const notePid = ({ pid }: { readonly pid: number }): void => void pids.push(pid);
  observer.on('newworker', notePid);
  const service = createMedia(
    mediaConfig.read({
      PORT: '0',
      LOG_LEVEL: 'silent',
      REDIS_URL: redis.redisUrl,
      REDIS_PREFIX: redis.prefix,
      IDENTITY_SECRET: testIdentity.secret,
      MEDIASOUP_WORKERS: '1',
      MEDIA_DRAIN_SECONDS: '0',
      MEDIASOUP_WORKER_BIN: workerBin,
      ...environment,
    }),
    overrides,
  );
  const { port } = await service.start();
  observer.off('newworker', notePid);
  const log = createEventLog(redis);
  const base = `http://127.0.0.1:${port}`;

  return {
    ...commandNode(base),
    pids,
    async events(): Promise<{ readonly name: string; readonly payload: unknown }[]> {
      const found: { name: string; payload: unknown }[] = [];
      await log.readSince('media', 0, (batch) => found.push(...batch));
      return found;
    },
    async close(): Promise<void> {
      await service.close();
      await log.close();
    },
  };
}

export type CommandedMedia = ReturnType<typeof commandNode>;
export type OpenedMedia = Awaited<ReturnType<typeof openMedia>>;

export const newRoom = () => ({ meetingId: uuid(), epoch: 1 });
export const newPeer = () => ({ participantId: uuid(), sessionId: uuid() });
