import type { Permissions } from '../participant/permissions.policy';

/** A caption is of one's own speech: who may speak may send it. */
export function canCaption({ maySpeak }: Pick<Permissions, 'maySpeak'>): boolean {
  return maySpeak;
}

/** A language tag in canonical form (BCP 47, as ECMA-402 writes it); null for what is none. */
export function canonicalLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null; // a RangeError, which is how ECMA-402 says so
  }
}
