import { Accounts1764000000001 } from './1764000000001-accounts';

export const migrations = [Accounts1764000000001];
