import { type EntityManager, In, LessThan } from 'typeorm';

import { ClassEntity, MemberEntity } from './class.entity';

/** Classes and their members in the database. */
export const classRepository = {
  findMany: (manager: EntityManager, ids: readonly string[]): Promise<ClassEntity[]> =>
    manager.findBy(ClassEntity, { id: In([...ids]) }),

  lock: (manager: EntityManager, id: string): Promise<ClassEntity | null> =>
    manager.findOne(ClassEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),

  findByCode: (manager: EntityManager, invitationCode: string): Promise<ClassEntity | null> =>
    manager.findOneBy(ClassEntity, { invitationCode }),

  async insert(manager: EntityManager, row: ClassEntity): Promise<void> {
    await manager.insert(ClassEntity, row);
  },

  async setCode(manager: EntityManager, id: string, invitationCode: string): Promise<void> {
    await manager.update(ClassEntity, { id }, { invitationCode });
  },

  membershipsOf: (manager: EntityManager, userId: string, classIds: readonly string[]): Promise<MemberEntity[]> =>
    manager.findBy(MemberEntity, { userId, classId: In([...classIds]) }),

  findMember: (manager: EntityManager, classId: string, userId: string): Promise<MemberEntity | null> =>
    manager.findOneBy(MemberEntity, { classId, userId }),

  /** Newest first; one more than asked for. */
  listOfUser: (manager: EntityManager, userId: string, first: number, before?: string): Promise<MemberEntity[]> =>
    manager.find(MemberEntity, {
      where: { userId, ...(before === undefined ? {} : { classId: LessThan(before) }) },
      order: { classId: 'DESC' },
      take: first + 1,
    }),

  /** The members of each class after a user id, in one statement; one more than asked for of each. */
  async listMembers(
    manager: EntityManager,
    classIds: readonly string[],
    first: number,
    after: string | null,
  ): Promise<MemberEntity[]> {
    const ranked = manager
      .createQueryBuilder(MemberEntity, 'ranked')
      .select('ranked.class_id', 'class_id')
      .addSelect('ranked.user_id', 'user_id')
      .addSelect('row_number() OVER (PARTITION BY ranked.class_id ORDER BY ranked.user_id)', 'rank')
      .where('ranked.class_id = ANY(:classIds) AND (CAST(:after AS uuid) IS NULL OR ranked.user_id > :after)');
    return manager
      .createQueryBuilder(MemberEntity, 'member')
      .innerJoin(
        `(${ranked.getQuery()})`,
        'first',
        'first.class_id = member.class_id AND first.user_id = member.user_id AND first.rank <= :most',
      )
      .setParameters({ classIds: [...classIds], after, most: first + 1 })
      .orderBy('member.user_id')
      .getMany();
  },

  async join(manager: EntityManager, member: MemberEntity): Promise<void> {
    await manager.insert(MemberEntity, member);
  },

  async setRole(manager: EntityManager, classId: string, userId: string, role: MemberEntity['role']): Promise<void> {
    await manager.update(MemberEntity, { classId, userId }, { role });
  },

  async remove(manager: EntityManager, classId: string, userId: string): Promise<void> {
    await manager.delete(MemberEntity, { classId, userId });
  },

  countTeachers: (manager: EntityManager, classId: string): Promise<number> =>
    manager.countBy(MemberEntity, { classId, role: 'TEACHER' }),
};
