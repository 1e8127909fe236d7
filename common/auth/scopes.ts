import type { Role, Viewer } from './viewer';

/** What may be asked for with `@requiresScopes`, and who has it. The table of docs/guards.md is this one. */
const SCOPES_OF_ROLE: Readonly<Record<Role, readonly string[]>> = {
  STUDENT: ['classes:join'],
  SUPPORTER: ['classes:join'],
  TEACHER: ['classes:join'],
  ADMIN: ['classes:join', 'users:write'],
};

/** The scopes of whoever asks; nobody has none. */
export function scopesOf(viewer: Viewer | null): readonly string[] {
  return viewer ? SCOPES_OF_ROLE[viewer.role] : [];
}
