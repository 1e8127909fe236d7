import { v7 as uuid } from 'uuid';

import { type Role, type Viewer, requireViewer } from '@terakoya/common/auth';
import type { Database } from '@terakoya/common/database';
import { BadInputError, ConflictError, ForbiddenError, NotFoundError } from '@terakoya/common/errors';

import type { AccountEvents } from '../events';
import type { AccountEntity } from './account.entity';
import { canSeeUser, canSetRole } from './account.policy';
import { accountRepository } from './account.repository';
import { hashPassword, isPasswordRight } from './password';

/** Accounts: who there is, and in which role. */
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
  ) {}

  /** Makes an account; CONFLICT when the address is taken. */
  async create(
    input: { email: string; password: string; displayName: string },
    role: Role = 'STUDENT',
  ): Promise<AccountEntity> {
    const email = normaliseEmail(input.email);
    if (input.password.normalize('NFKC').toLowerCase() === email)
      throw new BadInputError('password', 'must not be the e-mail address');
    const account: AccountEntity = {
      id: uuid(),
      email,
      passwordHash: await hashPassword(input.password),
      displayName: input.displayName.trim(),
      role,
      createdAt: new Date(),
    };
    if (!(await accountRepository.insert(this.database.manager, account))) {
      throw new ConflictError('There is an account with this e-mail address already: sign in instead.');
    }
    this.events.signedUp(account.id);
    return account;
  }

  /** The account whose password this is, or null. */
  async findByPassword(email: string, password: string): Promise<AccountEntity | null> {
    const account = await accountRepository.findByEmail(this.database.manager, normaliseEmail(email));
    return (await isPasswordRight(account?.passwordHash ?? null, password)) ? account : null;
  }

  async findByEmail(email: string): Promise<AccountEntity | null> {
    return accountRepository.findByEmail(this.database.manager, normaliseEmail(email));
  }

  /** Those of the accounts that the viewer may see; NOT in order. */
  async findMany(viewer: Viewer | null, ids: readonly string[]): Promise<AccountEntity[]> {
    return canSeeUser(viewer) ? accountRepository.findByIds(this.database.manager, ids) : [];
  }

  async setRole(viewer: Viewer | null, userId: string, role: Role): Promise<AccountEntity> {
    if (!canSetRole(requireViewer(viewer))) throw new ForbiddenError('Only an admin may set roles.');
    return this.database.transaction(async (manager) => {
      const admins = await accountRepository.lockAdmins(manager);
      const account = await accountRepository.findById(manager, userId);
      if (!account) throw new NotFoundError('user', userId);
      const isLastAdmin = admins.length === 1 && admins[0]?.id === userId && role !== 'ADMIN';
      if (isLastAdmin) throw new ConflictError('The last admin must stay one: make somebody else an admin first.');
      await accountRepository.setRole(manager, userId, role);
      this.events.roleSet(userId, role);
      return { ...account, role };
    });
  }
}

/** One form of an address: compatibility-composed, lower case, no blanks around it. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}
