import { type EntityManager, In } from 'typeorm';

import { ClassMemberEntity, type ClassRole } from './class-member.entity';

/** The projection of class members. */
export const classMemberRepository = {
  async roleOf(manager: EntityManager, classId: string, userId: string): Promise<ClassRole | null> {
    return (await manager.findOneBy(ClassMemberEntity, { classId, userId }))?.role ?? null;
  },

  /** What is known of one user in any of the classes. */
  ofUser: (manager: EntityManager, userId: string, classIds: readonly string[]): Promise<ClassMemberEntity[]> =>
    manager.findBy(ClassMemberEntity, { userId, classId: In([...classIds]) }),

  /** Keeps what was told, unless something newer was told before; true when it was kept. */
  async record(manager: EntityManager, member: ClassMemberEntity): Promise<boolean> {
    const kept = await manager.query<unknown[]>(
      `INSERT INTO class_member (class_id, user_id, role, told_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (class_id, user_id) DO UPDATE SET role = excluded.role, told_at = excluded.told_at
       WHERE class_member.told_at <= excluded.told_at RETURNING user_id`,
      [member.classId, member.userId, member.role, member.toldAt],
    );
    return kept.length > 0;
  },
};
