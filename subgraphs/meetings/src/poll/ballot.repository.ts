import { v4 as randomUuid } from 'uuid';

import type { EntityManager } from '@terakoya/common/database';

/** How a poll stands: how many have voted, and for each option how many chose it. */
export interface Tally {
  readonly pollId: string;
  readonly ballots: number;
  readonly votes: readonly number[];
}

/** An option of a poll. */
export interface OptionKey {
  readonly pollId: string;
  readonly number: number;
}

/** Ballots in the database: what a participant chose in a poll. Their ids are random, so that they do not tell the order of voting. */
export const ballotRepository = {
  /** Votes, or votes otherwise. */
  async cast(manager: EntityManager, pollId: string, participantId: string, choices: readonly number[]): Promise<void> {
    await manager.query(
      `INSERT INTO ballot (id, poll_id, participant_id, choices) VALUES ($1, $2, $3, $4)
       ON CONFLICT (poll_id, participant_id) DO UPDATE SET choices = excluded.choices`,
      [randomUuid(), pollId, participantId, [...choices]],
    );
  },

  /** Forgets who cast the ballots of a poll. */
  async forgetVoters(manager: EntityManager, pollId: string): Promise<void> {
    await manager.query('UPDATE ballot SET participant_id = NULL WHERE poll_id = $1', [pollId]);
  },

  /** How each of the polls stands; those without a ballot are left out. */
  async tallies(manager: EntityManager, pollIds: readonly string[]): Promise<Tally[]> {
    const rows = await manager.query<{ pollId: string; number: number; votes: number; ballots: number }[]>(
      `SELECT ballot.poll_id AS "pollId", option.number, count(chosen.number)::int AS votes, count(DISTINCT ballot.id)::int AS ballots
       FROM ballot JOIN poll ON poll.id = ballot.poll_id
       CROSS JOIN LATERAL generate_series(0, cardinality(poll.options) - 1) AS option(number)
       LEFT JOIN LATERAL unnest(ballot.choices) AS chosen(number) ON chosen.number = option.number
       WHERE ballot.poll_id = ANY($1::uuid[])
       GROUP BY ballot.poll_id, option.number ORDER BY ballot.poll_id, option.number`,
      [[...pollIds]],
    );
    const byPoll = Map.groupBy(rows, ({ pollId }) => pollId);
    return [...byPoll].map(([pollId, options]) => ({
      pollId,
      ballots: options[0]?.ballots ?? 0,
      votes: options.map(({ votes }) => votes),
    }));
  },

  /** What a user has chosen in each of the polls; those in which they have not voted are left out. */
  choicesOf(
    manager: EntityManager,
    userId: string,
    pollIds: readonly string[],
  ): Promise<{ readonly pollId: string; readonly choices: number[] }[]> {
    return manager.query(
      `SELECT poll_id AS "pollId", choices FROM ballot JOIN participant ON participant.id = participant_id
       WHERE user_id = $1 AND poll_id = ANY($2::uuid[])`,
      [userId, [...pollIds]],
    );
  },

  /** Who chose each of the options, by the participant's id; one more than asked for of each. */
  voters(
    manager: EntityManager,
    options: readonly OptionKey[],
    { first, after }: { readonly first: number; readonly after: string | undefined },
  ): Promise<(OptionKey & { readonly participantId: string })[]> {
    return manager.query(
      `SELECT wanted.poll_id AS "pollId", wanted.number, part.participant_id AS "participantId"
       FROM unnest($1::uuid[], $2::int[]) AS wanted(poll_id, number) CROSS JOIN LATERAL (
         SELECT participant_id FROM ballot
         WHERE poll_id = wanted.poll_id AND wanted.number = ANY(choices) AND participant_id IS NOT NULL
           AND ($3::uuid IS NULL OR participant_id > $3)
         ORDER BY participant_id LIMIT $4) AS part
       ORDER BY part.participant_id`,
      [options.map(({ pollId }) => pollId), options.map(({ number }) => number), after ?? null, first + 1],
    );
  },
};
