import { classMemberChanged } from '@terakoya/common/contracts';
import type { Database } from '@terakoya/common/database';
import { poll } from '@terakoya/common/lifecycle';
import { type EventHandler, onEvent } from '@terakoya/common/streams';

import type { ClassRole } from './class-member.entity';
import { classMemberRepository } from './class-member.repository';

/** How long somebody's place in a class is waited for, whose class may have told of it a moment ago. */
const NEWS_MS = 1_000;

/** Keeps who is in which class, from the events of `classes`. */
export class ClassMemberService {
  /** Somebody has another role in a class now, or none. */
  onChanged: (classId: string, userId: string, role: ClassRole | null) => Promise<void> = async () => undefined;

  constructor(private readonly database: Database) {}

  handlers(): EventHandler[] {
    return [
      onEvent(classMemberChanged, async ({ classId, userId, role }, { occurredAt }) => {
        const member = { classId, userId, role, toldAt: new Date(occurredAt) };
        const isNews = await classMemberRepository.record(this.database.manager, member);
        if (isNews) await this.onChanged(classId, userId, role);
      }),
    ];
  }

  /** The user's role in the class; null, after a moment in which it may still be told, when they have none. */
  async roleOf(classId: string, userId: string): Promise<ClassRole | null> {
    const look = async (): Promise<ClassRole | undefined> =>
      (await classMemberRepository.roleOf(this.database.manager, classId, userId)) ?? undefined;
    return poll('the membership', { timeoutMs: NEWS_MS, everyMs: 250 }, look).catch(() => null);
  }
}
