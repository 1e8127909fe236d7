import { type EntityManager, In } from 'typeorm';

import { ParticipantEntity } from '../participant/participant.entity';
import { SeatEntity } from './seat.entity';

/** Who is to go to which breakout room. */
export const seatRepository = {
  async insert(manager: EntityManager, seats: readonly SeatEntity[]): Promise<void> {
    if (seats.length > 0)
      await manager
        .createQueryBuilder()
        .insert()
        .into(SeatEntity)
        .values([...seats])
        .orIgnore()
        .execute();
  },

  async remove(manager: EntityManager, breakoutIds: readonly string[], participantId: string): Promise<void> {
    if (breakoutIds.length > 0) await manager.delete(SeatEntity, { breakoutId: In([...breakoutIds]), participantId });
  },

  /** Those of the breakout rooms that the user is to go to. */
  async ofUser(manager: EntityManager, userId: string, breakoutIds: readonly string[]): Promise<string[]> {
    if (breakoutIds.length === 0) return [];
    const rows = await manager
      .createQueryBuilder(SeatEntity, 'seat')
      .innerJoin(ParticipantEntity, 'participant', 'participant.id = seat.participantId')
      .where('participant.userId = :userId AND seat.breakoutId IN (:...breakoutIds)', {
        userId,
        breakoutIds: [...breakoutIds],
      })
      .getMany();
    return rows.map(({ breakoutId }) => breakoutId);
  },

  /** Those who are to go to each of the rooms, by their id; one more than asked for of each. */
  async listMany(
    manager: EntityManager,
    breakoutIds: readonly string[],
    { first, after }: { readonly first: number; readonly after: string | undefined },
  ): Promise<SeatEntity[]> {
    return manager.query(
      `SELECT part.breakout_id AS "breakoutId", part.participant_id AS "participantId"
       FROM unnest($1::uuid[]) AS wanted(breakout_id) CROSS JOIN LATERAL (
         SELECT * FROM breakout_seat WHERE breakout_id = wanted.breakout_id AND ($2::uuid IS NULL OR participant_id > $2)
         ORDER BY participant_id LIMIT $3) AS part
       ORDER BY part.participant_id`,
      [[...breakoutIds], after ?? null, first + 1],
    );
  },
};
