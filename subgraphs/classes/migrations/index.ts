import { Classes1764000000005 } from './1764000000005-classes';

export const migrations = [Classes1764000000005];
