import { holdsPolicy } from './policies';
import { scopesOf } from './scopes';
import type { Viewer } from './viewer';

/** One of the directives that say who may ask for a type or field (federation 2.5 and 2.6). */
export type AccessRule =
  | { readonly kind: 'authenticated' }
  /** All scopes of one of the lists. */
  | { readonly kind: 'scopes'; readonly anyOf: readonly (readonly string[])[] }
  /** All policies of one of the lists. */
  | { readonly kind: 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** Why a rule refuses: nobody is signed in, or the one who is may not. Both are codes of errors. */
export type Refusal = 'UNAUTHENTICATED' | 'FORBIDDEN';

/** The rule of a directive by its name and arguments; null when it is another directive. */
export function accessRuleOf(directive: string, given: Readonly<Record<string, unknown>>): AccessRule | null {
  if (directive === 'authenticated') return { kind: 'authenticated' };
  if (directive === 'requiresScopes') return { kind: 'scopes', anyOf: alternatives(given.scopes) };
  if (directive === 'policy') return { kind: 'policies', anyOf: alternatives(given.policies) };
  return null;
}

/** Why the rule refuses the viewer; null when it does not. Every rule asks for somebody who is signed in. */
export function refusalOf(rule: AccessRule, viewer: Viewer | null): Refusal | null {
  if (!viewer) return 'UNAUTHENTICATED';
  if (rule.kind === 'authenticated') return null;
  const scopes = scopesOf(viewer);
  const holds = (name: string): boolean => (rule.kind === 'scopes' ? scopes.includes(name) : holdsPolicy(name, viewer));
  return rule.anyOf.some((names) => names.every(holds)) ? null : 'FORBIDDEN';
}

function alternatives(value: unknown): string[][] {
  const lists: unknown[] = Array.isArray(value) ? value : [];
  return lists.map((names) => (Array.isArray(names) ? names.map(String) : [String(names)]));
}
