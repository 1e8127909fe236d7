import { randomInt } from 'node:crypto';

import { UnavailableError } from '@terakoya/common/errors';
import { poll } from '@terakoya/common/lifecycle';
import {
  GraphError,
  type SchoolClient,
  createNotebook,
  loadNotebook,
  startImport,
  uploadBytes,
} from '@terakoya/common/school-client';

import type { ProbeConfig } from './config';
import { probePage } from './probe-page';

/** What the probe does as a pupil and a teacher would, in this order; each is told apart in the metrics. */
export const PROBE_STEPS = ['sign-in', 'import', 'read-text', 'join'] as const;
export type ProbeStep = (typeof PROBE_STEPS)[number];

/** What the probe keeps from round to round. */
export interface ProbeMemory {
  meetingId?: string;
}

/** One round: what a step leaves for the next, and what must be removed afterwards. */
export interface ProbeRound {
  readonly client: SchoolClient;
  readonly config: ProbeConfig;
  readonly word: string;
  readonly memory: ProbeMemory;
  notebookId?: string;
}

const EVERY_MS = 250;

export const STEPS: Readonly<Record<ProbeStep, (round: ProbeRound, signal: AbortSignal) => Promise<void>>> = {
  async 'sign-in'({ client, config }) {
    await client.signIn(config.PROBE_EMAIL, config.PROBE_PASSWORD.reveal());
  },

  async import(round) {
    const { client, word } = round;
    round.notebookId = await createNotebook(client, 'Probe');
    const fileId = await uploadBytes(client, probePage(word), 'probe.pdf', 'application/pdf');
    await startImport(client, round.notebookId, fileId);
  },

  async 'read-text'({ client, config, notebookId, word }, signal) {
    if (notebookId === undefined) throw new UnavailableError('There is nothing to read: the import was not begun.');
    const timeoutMs = config.PROBE_TIMEOUT_SECONDS * 1_000;
    await poll('The text of the page', { timeoutMs, everyMs: EVERY_MS, signal }, async () => {
      const { pages } = await loadNotebook(client, notebookId);
      const [page] = pages;
      if (page?.state === 'FAILED') throw new UnavailableError('The page could not be read.');
      return page?.text?.includes(word) === true ? page : undefined;
    });
  },

  async join({ client, memory }) {
    const meetingId = await ownMeeting(client, memory);
    const { data } = await client.ask<{ joinMeeting: { session: object | null } }>(
      `mutation ProbeJoin($id: ID!) {
        joinMeeting(input: { meetingId: $id }) { session { ticket sendTransport { transportId } receiveTransport { transportId } } }
      }`,
      { id: meetingId },
    );
    await client.ask('mutation ProbeLeave($id: ID!) { leaveMeeting(input: { meetingId: $id }) }', { id: meetingId });
    if (data.joinMeeting.session === null) throw new UnavailableError('No media node takes anybody.');
  },
};

/** A word that no page of the probe had before, of letters that every font has. */
export function newWord(): string {
  return Array.from({ length: 12 }, () => String.fromCharCode(97 + randomInt(26))).join('');
}

/** Removes what a round has left behind; the session ends with it. */
export async function cleanUp({ client, notebookId }: ProbeRound): Promise<void> {
  try {
    if (notebookId !== undefined) {
      await client.ask('mutation ProbeEnd($id: ID!) { deleteNotebook(notebookId: $id) }', { id: notebookId });
    }
    await client.signOut();
  } finally {
    await client.close();
  }
}

/** One meeting serves all rounds: meetings are kept for good, and a new one each minute would be in everybody's way. */
async function ownMeeting(client: SchoolClient, memory: ProbeMemory): Promise<string> {
  if (memory.meetingId !== undefined && (await isOpen(client, memory.meetingId))) return memory.meetingId;
  const { data } = await client.ask<{ createMeeting: { id: string } }>(
    'mutation ProbeMeeting { createMeeting(input: { title: "Probe", policy: { hasWaitingRoom: false } }) { id } }',
  );
  memory.meetingId = data.createMeeting.id;
  return memory.meetingId;
}

async function isOpen(client: SchoolClient, id: string): Promise<boolean> {
  try {
    const { data } = await client.ask<{ meeting: { endedAt: string | null } | null }>(
      'query ProbeMeeting($id: ID!) { meeting(id: $id) { endedAt } }',
      { id },
    );
    return data.meeting !== null && data.meeting.endedAt === null;
  } catch (error) {
    if (error instanceof GraphError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
