import type { SchoolClient } from '@terakoya/common/school-client';

import { eventually } from '../../../common/testkit';
import type { ServiceName } from '../../../scripts/start/services';
import { SchoolUnderTest } from '../school-under-test';
import { type Account, type People, type Person, type Source, openPeople } from './people';

export const TEACHER = 'Demo Teacher';

export const within = { timeoutMs: 60_000, everyMs: 250 };
/** Growth of energy between two looks below which nothing is heard. */
const SILENCE = 1e-4;

/** A whole school with a meeting of its demo teacher, accounts of pupils, and a browser for all of them. */
export interface Lesson {
  readonly under: SchoolUnderTest;
  /** Undefined where no browser can be had. */
  readonly people: People | undefined;
  /** The teacher, asking the graph without a browser. */
  readonly host: SchoolClient;
  readonly meetingId: string;
  readonly account: (name: string) => Account;
  close(): Promise<void>;
}

/** `without` are the services that the lesson does without, besides the web app. */
export async function openLesson(
  pupils: readonly string[],
  environment: Record<string, string>,
  without: readonly ServiceName[] = [],
): Promise<Lesson> {
  const under = new SchoolUnderTest({ without: ['app', ...without], environment });
  await under.start();
  if (!without.includes('media')) await under.school.urlOf('media'); // where the worker has to be built first
  const people = await openPeople(under);
  const host = await under.nobody();
  const teacher = { email: 'teacher@demo.terakoya.school', password: 'terakoya-demo' };
  await host.signIn(teacher.email, teacher.password);
  const { data } = await host.ask<{ createMeeting: { id: string } }>(
    'mutation Create($input: CreateMeetingInput!) { createMeeting(input: $input) { id } }',
    { input: { title: 'Photosynthesis', policy: { hasWaitingRoom: false } } },
  );
  const accounts = new Map([[TEACHER, await signedIn(under, 'signIn', 'SignInInput', teacher)]]);
  for (const displayName of pupils) {
    const input = { displayName, email: `${displayName}-${process.pid}@example.org`, password: 'long enough 8' };
    accounts.set(displayName, await signedIn(under, 'signUp', 'SignUpInput', input));
  }
  return {
    under,
    people,
    host,
    meetingId: data.createMeeting.id,
    account(name) {
      const found = accounts.get(name);
      if (!found) throw new RangeError(`There is no account of ${name}.`);
      return found;
    },
    async close() {
      await people?.close();
      await under.close();
    },
  };
}

async function signedIn(under: SchoolUnderTest, mutation: string, type: string, input: object): Promise<Account> {
  const nobody = await under.nobody();
  const { data } = await nobody.ask<Record<string, Account>>(
    `mutation In($input: ${type}!) { ${mutation}(input: $input) { accessToken accessTokenExpiresAt refreshToken } }`,
    { input },
  );
  return data[mutation] as Account; // as the mutation was named
}

/** More of it is decoded than before. */
export async function growing(receiver: Person, sender: string, source: Source): Promise<void> {
  const before = await receiver.decoded(sender, source);
  await eventually(async () => {
    const now = await receiver.decoded(sender, source);
    if (source === 'MICROPHONE') expect(now.energy).toBeGreaterThan(before.energy + SILENCE);
    else expect(now.frames).toBeGreaterThan(before.frames + 5);
  }, within);
}

/** Nothing of the sender's voice is heard any more. */
export async function silent(receiver: Person, sender: string): Promise<void> {
  let last = await receiver.decoded(sender, 'MICROPHONE');
  await eventually(
    async () => {
      const now = await receiver.decoded(sender, 'MICROPHONE');
      const growth = now.energy - last.energy;
      last = now;
      expect(growth).toBeLessThan(SILENCE);
    },
    { ...within, everyMs: 1_000 },
  );
}

/** Everybody decodes everybody else's camera and voice. */
export async function allSeeAndHearAllOthers(everybody: readonly Person[]): Promise<void> {
  await Promise.all(
    everybody.flatMap((receiver) =>
      everybody
        .filter((sender) => sender !== receiver)
        .flatMap(({ name }) => [growing(receiver, name, 'CAMERA'), growing(receiver, name, 'MICROPHONE')]),
    ),
  );
}

/**
 * Does what ends media sessions of two or more, and gives the seconds until everybody receives all others, some of them by
 * new tracks, and decodes them. No page is loaded again.
 */
export async function secondsUntilAllAreBack(everybody: readonly Person[], lose: () => void): Promise<number> {
  const tracksOf = async (person: Person) => (await person.seen()).people.flatMap((one) => one.tracks);
  const old = new Set((await Promise.all(everybody.map(tracksOf))).flat().map(({ id }) => id));
  const two = everybody.slice(1).map(() => 2); // a camera and a microphone of each other one
  const began = Date.now();
  lose();
  const isBack = async (person: Person): Promise<void> => {
    const { phase, people } = await person.seen();
    expect(phase).toEqual({ name: 'PRESENT' });
    expect(people.map((one) => one.tracks.filter((track) => track.isReceived).length)).toEqual(two);
    expect(people.some((one) => one.tracks.some(({ id }) => !old.has(id)))).toBe(true);
  };
  await eventually(() => Promise.all(everybody.map(isBack)).then(() => undefined), { timeoutMs: 60_000, everyMs: 100 });
  await allSeeAndHearAllOthers(everybody);
  return (Date.now() - began) / 1_000;
}
