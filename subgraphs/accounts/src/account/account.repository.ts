import { type EntityManager, In } from 'typeorm';

import { AccountEntity } from './account.entity';

/** Accounts in the database; works in whatever transaction the manager belongs to. */
export const accountRepository = {
  findById: (manager: EntityManager, id: string): Promise<AccountEntity | null> =>
    manager.findOneBy(AccountEntity, { id }),

  findByIds: (manager: EntityManager, ids: readonly string[]): Promise<AccountEntity[]> =>
    manager.findBy(AccountEntity, { id: In([...ids]) }),

  findByEmail: (manager: EntityManager, email: string): Promise<AccountEntity | null> =>
    manager.findOneBy(AccountEntity, { email }),

  /** False when the e-mail is taken. */
  async insert(manager: EntityManager, account: AccountEntity): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(AccountEntity)
      .values(account)
      .orIgnore()
      .returning('id')
      .execute();
    return Array.isArray(result.raw) && result.raw.length === 1;
  },

  async setRole(manager: EntityManager, id: string, role: AccountEntity['role']): Promise<void> {
    await manager.update(AccountEntity, { id }, { role });
  },

  /** Locks the admins, so that two of them cannot both stop being the last one. */
  lockAdmins: (manager: EntityManager): Promise<AccountEntity[]> =>
    manager.find(AccountEntity, { where: { role: 'ADMIN' }, lock: { mode: 'pessimistic_write' } }),
};
