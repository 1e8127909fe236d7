import { Client } from 'pg';

import { asViewer, eventually } from '@terakoya/common/testkit';

import { type Person, keyOf, nodesOf, openMeetings } from './open-meetings';

let school: Awaited<ReturnType<typeof openMeetings>>;
let teacher: Person;
let student: Person;

beforeAll(async () => {
  school = await openMeetings();
});
afterAll(() => school.close());
beforeEach(() => {
  teacher = asViewer('TEACHER');
  student = asViewer('STUDENT');
});

interface Poll {
  readonly id: string;
  readonly results: {
    readonly ballots: number;
    readonly options: {
      readonly votes: number;
      readonly voters: { readonly edges: { readonly node: { id: string } }[] };
    }[];
  } | null;
}
const RESULTS = '{ ballots options { number votes voters { edges { node { id } } } } }';
const POLL = `{ id question options { number text } state openedAt closedAt myChoices results ${RESULTS} moderatorResults ${RESULTS} }`;
const create = (who: Person, meetingId: string, more: object = {}) =>
  school.change(
    who,
    'createMeetingPoll',
    'CreateMeetingPollInput',
    { meetingId, question: 'Which?', options: ['a', 'b', 'c'], ...more },
    POLL,
  );
const on = (who: Person, field: string, pollId: string) =>
  school.change(who, field, 'MeetingPollInput', { pollId }, POLL);
const vote = (who: Person, pollId: string, choices: number[]) =>
  school.change(who, 'voteInMeetingPoll', 'VoteInMeetingPollInput', { pollId, choices }, POLL);
const pollsOf = async (who: Person, id: string) =>
  nodesOf<Poll>((await school.see(who, id, `polls { edges { node ${POLL} } }`)).meeting.polls);
const votesIn = (results: { options: { votes: number }[] }) => results.options.map(({ votes }) => votes);

test('a draft is seen by moderators; opened, everybody answers, and answers otherwise, until it closes', async () => {
  const other = asViewer('STUDENT');
  const id = await school.open(teacher);
  const participantId = await school.enter(student, id);
  await school.enter(other, id);
  expect((await create(student, id)).code).toBe('FORBIDDEN');
  const { value: draft } = await create(teacher, id, { question: ' Which? ' });
  expect(draft).toMatchObject({ question: 'Which?', state: 'DRAFT', openedAt: null, results: null });
  expect(draft.options).toEqual(['a', 'b', 'c'].map((text, number) => ({ number, text })));
  expect(await pollsOf(student, id)).toEqual([]);
  expect(await pollsOf(teacher, id)).toHaveLength(1);
  expect((await vote(student, draft.id, [0])).code).toBe('NOT_FOUND');
  expect((await vote(teacher, draft.id, [0])).code).toBe('CONFLICT');
  expect((await on(teacher, 'closeMeetingPoll', draft.id)).code).toBe('CONFLICT');
  expect((await on(student, 'openMeetingPoll', draft.id)).code).toBe('NOT_FOUND');

  expect((await on(teacher, 'openMeetingPoll', draft.id)).value.state).toBe('OPEN');
  expect((await on(teacher, 'openMeetingPoll', draft.id)).code).toBe('CONFLICT');
  expect((await on(student, 'closeMeetingPoll', draft.id)).code).toBe('FORBIDDEN');
  for (const wrong of [[], [0, 1], [3], [-1]])
    expect((await vote(student, draft.id, wrong)).code).toBe('BAD_USER_INPUT');
  expect((await vote(student, draft.id, [0])).value).toMatchObject({
    myChoices: [0],
    results: null,
    moderatorResults: null,
  });
  await vote(student, draft.id, [2]);
  await vote(other, draft.id, [2]);
  const [seen] = await pollsOf(teacher, id);
  expect(seen).toMatchObject({ myChoices: null, results: null, moderatorResults: { ballots: 2 } });

  const { value: closed } = await on(teacher, 'closeMeetingPoll', draft.id);
  expect(closed.state).toBe('CLOSED');
  expect((await on(teacher, 'closeMeetingPoll', draft.id)).value.closedAt).toBe(closed.closedAt);
  expect((await vote(student, draft.id, [1])).code).toBe('CONFLICT');
  const [result] = await pollsOf(student, id);
  expect(result?.results?.ballots).toBe(2);
  const [a, b, c] = result?.results?.options ?? [];
  expect([a?.votes, b?.votes, c?.votes]).toEqual([0, 0, 2]);
  expect(nodesOf(c?.voters ?? { edges: [] })).toContainEqual({ id: participantId });
});

test('several votes are told of together; opening and closing are told at once', async () => {
  const id = await school.open(teacher);
  const poll = (await create(teacher, id, { isOpen: true, isMultiple: true, showsResults: true })).value;
  const guests = Array.from({ length: 6 }, () => asViewer('STUDENT'));
  for (const guest of guests) await school.enter(guest, id);
  const votes = await Promise.all(guests.map((guest, index) => vote(guest, poll.id, index % 2 ? [0, 1] : [0])));
  expect(votes.map(({ code }) => code)).toEqual(guests.map(() => undefined));
  expect(votes[0]?.value.results.ballots).toBeGreaterThan(0);
  const told = (await school.untilTold(id, 'POLL_CHANGED')) as { pollId?: string };
  expect(told).toMatchObject({ pollId: keyOf(poll.id), participantId: null });
  const { value: closed } = await on(teacher, 'closeMeetingPoll', poll.id);
  expect(votesIn(closed.results)).toEqual([6, 3, 0]);
  await school.untilTold(id, 'POLL_CLOSED');
  const kinds = (await school.kinds(id)).filter((kind) => kind.startsWith('POLL'));
  expect([kinds[0], kinds.at(-1)]).toEqual(['POLL_OPENED', 'POLL_CLOSED']);
  expect(kinds.length - 2).toBeLessThan(guests.length);
});

test('of an anonymous poll nobody learns who voted what, and when it closes it is forgotten', async () => {
  const id = await school.open(teacher);
  await school.enter(student, id);
  const poll = (await create(teacher, id, { isOpen: true, isAnonymous: true })).value;
  await vote(student, poll.id, [1]);
  await vote(student, poll.id, [0]);
  const [before] = await pollsOf(teacher, id);
  const hidden = { ballots: 1, options: [{ votes: 1, voters: null }, { votes: 0 }, { votes: 0 }] };
  expect(before).toMatchObject({ moderatorResults: hidden });
  await school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { id } }', { id });
  const [after] = await pollsOf(student, id);
  expect(after).toMatchObject({ state: 'CLOSED', results: hidden, myChoices: null });
  const client = new Client({ connectionString: school.databaseUrl });
  await client.connect();
  const { rows } = await client
    .query('SELECT participant_id, choices FROM meetings.ballot WHERE poll_id = $1', [keyOf(poll.id)])
    .finally(() => client.end());
  expect(rows).toEqual([{ participant_id: null, choices: [0] }]);
});

test('the voters of an option are read in parts', async () => {
  const id = await school.open(teacher);
  const poll = (await create(teacher, id, { isOpen: true, showsResults: true })).value;
  const guests = Array.from({ length: 3 }, () => asViewer('STUDENT'));
  const ids: string[] = [];
  for (const guest of guests) {
    ids.push(await school.enter(guest, id));
    await vote(guest, poll.id, [1]);
  }
  const read = async (after: string | null) => {
    const voters = `voters(first: 2, after: ${JSON.stringify(after)}) { edges { node { id } } pageInfo { endCursor hasNextPage } }`;
    const { meeting } = await school.see(student, id, `polls { edges { node { results { options { ${voters} } } } } }`);
    return meeting;
  };
  expect(await read(null)).toBeNull();
  await school.enter(student, id);
  const options = async (after: string | null) =>
    nodesOf<{
      results: { options: { voters: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } }[] };
    }>((await read(after)).polls)[0]?.results.options;
  const first = (await options(null))?.[1]?.voters;
  const rest = (await options(first?.pageInfo.endCursor ?? null))?.[1]?.voters;
  expect([...nodesOf(first ?? { edges: [] }), ...nodesOf(rest ?? { edges: [] })]).toEqual(
    ids.map((one) => ({ id: one })),
  );
});

test('an open poll closes with its meeting; a poll has 2 to 10 options', async () => {
  const id = await school.open(teacher);
  await school.enter(student, id);
  for (const wrong of [['a'], Array.from({ length: 11 }, () => 'a'), ['a', ' '], ['a', 'x'.repeat(201)]]) {
    const { code, errors } = await create(teacher, id, { options: wrong });
    expect([code, errors[0].extensions.field]).toEqual(['BAD_USER_INPUT', 'options']);
  }
  const poll = (await create(teacher, id, { isOpen: true })).value;
  await vote(student, poll.id, [1]);
  await school.ask(teacher, 'mutation ($id: ID!) { endMeeting(meetingId: $id) { id } }', { id });
  const [closed] = await pollsOf(student, id);
  expect(closed).toMatchObject({ state: 'CLOSED', myChoices: [1], results: { ballots: 1 } });
  await eventually(async () => {
    const kinds = await school.kinds(id);
    expect(kinds.indexOf('POLL_CLOSED')).toBeGreaterThan(-1);
    expect(kinds.indexOf('POLL_CLOSED')).toBeLessThan(kinds.lastIndexOf('MEETING_ENDED'));
  });
});
