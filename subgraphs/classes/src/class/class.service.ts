import { v7 as uuid } from 'uuid';

import { type Viewer, requireViewer } from '@terakoya/common/auth';
import { classMemberChanged } from '@terakoya/common/contracts';
import {
  type Database,
  type EntityManager,
  type Page,
  type PageRequest,
  decodeCursor,
  pageOf,
  pagesOf,
} from '@terakoya/common/database';
import { BadInputError, ConflictError, ForbiddenError, NotFoundError } from '@terakoya/common/errors';
import { publish } from '@terakoya/common/outbox';

import type { ClassEvents } from '../events';
import type { ClassEntity, ClassRole, MemberEntity } from './class.entity';
import { canCreateClass, canManageClass, canSeeClass } from './class.policy';
import { classRepository } from './class.repository';
import { newInvitationCode, normaliseCode } from './invitation-code';

/** A class together with the viewer's own role in it. */
export interface SeenClass {
  readonly row: ClassEntity;
  readonly myRole: ClassRole;
}

/** Classes, their members and invitations. */
export class ClassService {
  constructor(
    private readonly database: Database,
    private readonly events: ClassEvents,
  ) {}

  async create(viewer: Viewer | null, input: { name: string; description?: string }): Promise<SeenClass> {
    const { userId } = requireViewer(viewer);
    if (!canCreateClass(viewer)) throw new ForbiddenError('Only teachers and admins may create classes.');
    const row: ClassEntity = {
      id: uuid(),
      name: input.name.trim(),
      description: input.description?.trim() ?? '',
      invitationCode: newInvitationCode(),
      createdAt: new Date(),
    };
    await this.database.transaction(async (manager) => {
      await classRepository.insert(manager, row);
      await this.#enter(manager, { classId: row.id, userId, role: 'TEACHER', joinedAt: new Date() });
    });
    this.events.created(row.id, userId);
    return { row, myRole: 'TEACHER' };
  }

  /** Joins as a student; joining twice is joining once. */
  async join(viewer: Viewer | null, code: string): Promise<SeenClass> {
    const { userId } = requireViewer(viewer);
    const { manager } = this.database;
    const row = await classRepository.findByCode(manager, normaliseCode(code));
    if (!row) throw new BadInputError('invitationCode', 'is not the code of a class');
    const myRole = await this.database.transaction(async (locked) => {
      await classRepository.lock(locked, row.id);
      const member = await classRepository.findMember(locked, row.id, userId);
      if (!member) await this.#enter(locked, { classId: row.id, userId, role: 'STUDENT', joinedAt: new Date() });
      return member?.role ?? 'STUDENT';
    });
    this.events.joined(row.id, userId);
    return { row, myRole };
  }

  /** Makes a new code; the old one stops to work. */
  async renewCode(viewer: Viewer | null, classId: string): Promise<SeenClass> {
    return this.#manage(viewer, classId, async (manager, row) => {
      const invitationCode = newInvitationCode();
      await classRepository.setCode(manager, classId, invitationCode);
      return { row: { ...row, invitationCode }, myRole: 'TEACHER' };
    });
  }

  async setRole(viewer: Viewer | null, classId: string, userId: string, role: ClassRole): Promise<MemberEntity> {
    return this.#manage(viewer, classId, async (manager) => {
      const member = await classRepository.findMember(manager, classId, userId);
      if (!member) throw new NotFoundError('member', userId);
      if (role !== 'TEACHER') await this.#keepOneTeacher(manager, member);
      await classRepository.setRole(manager, classId, userId, role);
      await tellMember(manager, { classId, userId, role });
      this.events.roleSet(classId, userId, role);
      return { ...member, role };
    });
  }

  async remove(viewer: Viewer | null, classId: string, userId: string): Promise<void> {
    await this.#manage(viewer, classId, (manager) => this.#remove(manager, classId, userId));
  }

  async leave(viewer: Viewer | null, classId: string): Promise<void> {
    const { userId } = requireViewer(viewer);
    await this.database.transaction(async (manager) => {
      await classRepository.lock(manager, classId);
      await this.#remove(manager, classId, userId);
    });
  }

  /** Those of the classes that the viewer is a member of; not in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<SeenClass[]> {
    if (!viewer) return [];
    const { manager } = this.database;
    const memberships = await classRepository.membershipsOf(manager, viewer.userId, ids);
    const roles = new Map(memberships.map((member) => [member.classId, member]));
    const rows = await classRepository.findMany(manager, [...roles.keys()]);
    return rows.flatMap((row) => {
      const member = roles.get(row.id) ?? null;
      return member && canSeeClass(member) ? [{ row, myRole: member.role }] : [];
    });
  }

  async listMine(viewer: Viewer | null, { first, after }: PageRequest): Promise<Page<SeenClass>> {
    const { userId } = requireViewer(viewer);
    const [before] = decodeCursor(after) ?? [];
    const memberships = await classRepository.listOfUser(this.database.manager, userId, first, before?.toString());
    const seen = await this.findMany(
      viewer,
      memberships.map(({ classId }) => classId),
    );
    const byId = new Map(seen.map((one) => [one.row.id, one]));
    const inOrder = memberships.flatMap(({ classId }) => byId.get(classId) ?? []);
    return pageOf(inOrder, first, ({ row }) => [row.id]);
  }

  /** For each class its first members after the cursor, all in one statement. */
  async listMembers(classIds: readonly string[], { first, after }: PageRequest): Promise<Page<MemberEntity>[]> {
    const [afterUser] = decodeCursor(after) ?? [];
    const rows = await classRepository.listMembers(
      this.database.manager,
      classIds,
      first,
      afterUser?.toString() ?? null,
    );
    return pagesOf(classIds, rows, { first, parentOf: (member) => member.classId, keyOf: (member) => [member.userId] });
  }

  /** Runs `work` with the class locked, for its teachers only; NOT_FOUND for those who are no members. */
  async #manage<T>(
    viewer: Viewer | null,
    classId: string,
    work: (manager: EntityManager, row: ClassEntity) => Promise<T>,
  ): Promise<T> {
    const { userId } = requireViewer(viewer);
    return this.database.transaction(async (manager) => {
      const row = await classRepository.lock(manager, classId);
      const member = row && (await classRepository.findMember(manager, classId, userId));
      if (!row || !canSeeClass(member)) throw new NotFoundError('class', classId);
      if (!canManageClass(member)) throw new ForbiddenError('Only a teacher of the class may do this.');
      return work(manager, row);
    });
  }

  async #enter(manager: EntityManager, member: MemberEntity): Promise<void> {
    await classRepository.join(manager, member);
    await tellMember(manager, member);
  }

  async #remove(manager: EntityManager, classId: string, userId: string): Promise<void> {
    const member = await classRepository.findMember(manager, classId, userId);
    if (!member) throw new NotFoundError('member', userId);
    await this.#keepOneTeacher(manager, member);
    await classRepository.remove(manager, classId, userId);
    await tellMember(manager, { classId, userId, role: null });
    this.events.left(classId, userId);
  }

  async #keepOneTeacher(manager: EntityManager, member: MemberEntity): Promise<void> {
    if (member.role !== 'TEACHER') return;
    if ((await classRepository.countTeachers(manager, member.classId)) === 1) {
      throw new ConflictError('A class needs a teacher: make somebody else one first.');
    }
  }
}

/** Tells the other domains of somebody's place in a class, in the transaction that changes it. */
async function tellMember(
  manager: EntityManager,
  { classId, userId, role }: { classId: string; userId: string; role: ClassRole | null },
): Promise<void> {
  await publish(manager, classMemberChanged, classId, { classId, userId, role });
}
