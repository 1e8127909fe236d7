import type { SchemaChange } from './compare-schemas';

/** A breaking change that was decided on, with the reason why. */
export interface AcceptedChange {
  readonly path: string;
  readonly type: string;
  readonly reason: string;
}

/** A line of docs/schema-changes.md: "- `Page.text` FIELD_REMOVED: reason". */
const LINE = /^- `(?<path>[^`]+)` (?<type>[A-Z_]+): (?<reason>.*\S)\s*$/;

/** The breaking changes that the notes accept; other lines are for people. */
export function readAcceptedChanges(notes: string): readonly AcceptedChange[] {
  return notes.split('\n').flatMap((line) => {
    const { path, type, reason } = LINE.exec(line)?.groups ?? {};
    return path && type && reason ? [{ path, type, reason }] : [];
  });
}

/** The line that accepts a change, without its reason. */
export function noteOf({ path, type }: SchemaChange): string {
  return `- \`${path}\` ${type}: `;
}

export function isAccepted({ path, type }: SchemaChange, accepted: readonly AcceptedChange[]): boolean {
  return accepted.some((known) => known.path === path && known.type === type);
}
