import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSchema } from 'graphql';

import { createAccessTokens } from '@terakoya/common/auth';
import { Secret } from '@terakoya/common/config';

import { attackHttp, attackWebSocket } from './attack';
import { DocumentFuzz } from './documents';
import { FrameFuzz } from './frames';
import { FUZZ_SECRET, startFuzzedServer } from './fuzzed-server';
import { type Judgement, judgeHttp, judgeWebSocket } from './judge';
import { Random } from './random';
import { RequestFuzz } from './requests';

export interface FuzzReport {
  readonly cases: number;
  readonly seconds: number;
  /** How often each status, code, message and close code was answered. */
  readonly said: Readonly<Record<string, number>>;
  /** What must not be: the case's seed and what was wrong with it; at most fifty. */
  readonly wrong: readonly string[];
  readonly hung: number;
  readonly crash: string | null;
  /** Megabytes of heap after a collection: when the caches are full, and at the end. */
  readonly heapMb: { readonly middle: number; readonly end: number };
}

/** Cases that run at the same time. */
const AT_A_TIME = 16;
const MOST_WRONG = 50;
const schemaFile = join(__dirname, '..', '..', 'gateway', 'schema.graphql');

/** Attacks a gateway and a realtime server with so many cases; a case is its seed, so that one can be run again. */
export async function runFuzz(
  cases: number,
  seed: number,
  report: (line: string) => void = () => undefined,
): Promise<FuzzReport> {
  const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
  const server = await startFuzzedServer();
  const viewer = { userId: 'u1', role: 'TEACHER', sessionId: 's1' } as const;
  const { token } = createAccessTokens(new Secret(FUZZ_SECRET)).sign(viewer, 3_600);
  const said = new Map<string, number>();
  const wrong: string[] = [];
  let hung = 0;
  let next = 0;
  const began = Date.now();

  const runCase = async (caseSeed: number): Promise<void> => {
    const random = new Random(caseSeed);
    const documents = new DocumentFuzz(schema, random);
    const isWebSocket = random.chance(0.35);
    const request = isWebSocket ? null : new RequestFuzz(documents, random, token).any();
    const answer = request
      ? await attackHttp(server.port, request)
      : await attackWebSocket(server.port, new FrameFuzz(documents, random, token).any(), random);
    const judgement: Judgement = request ? judgeHttp(answer.bytes, request.isWhole) : judgeWebSocket(answer.bytes);
    for (const what of judgement.said) said.set(what, (said.get(what) ?? 0) + 1);
    if (answer.hung) hung += 1;
    const complaints = [...judgement.wrong, ...(answer.hung ? ['no answer in time'] : [])];
    if (wrong.length < MOST_WRONG) wrong.push(...complaints.map((what) => `case ${caseSeed}: ${what}`));
  };
  const runUntil = (limit: number): Promise<unknown> => {
    const worker = async (): Promise<void> => {
      while (next < limit && server.ended() === null) {
        const index = next++;
        await runCase(seed + index);
        if (index % 1_000 === 999) report(`${index + 1} of ${cases}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
      }
    };
    return Promise.all(Array.from({ length: AT_A_TIME }, worker));
  };

  try {
    await runUntil(Math.floor(cases / 2));
    const middle = server.ended() === null ? await server.heapBytes() : 0;
    await runUntil(cases);
    const end = server.ended() === null ? await server.heapBytes() : 0;
    return {
      cases: next,
      seconds: (Date.now() - began) / 1000,
      said: Object.fromEntries([...said].sort(([a], [b]) => a.localeCompare(b))),
      wrong,
      hung,
      crash: server.ended(),
      heapMb: { middle: middle / 1e6, end: end / 1e6 },
    };
  } finally {
    await server.close();
  }
}
