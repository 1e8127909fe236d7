import type { Permissions } from '../participant/permissions.policy';

/** Who may write to the others may draw for them. */
export function canDraw({ mayChat }: Pick<Permissions, 'mayChat'>): boolean {
  return mayChat;
}

/** The rule that points break; null when they can be a stroke. */
export function wrongPoints(points: readonly number[]): string | null {
  return points.length % 2 === 0 ? null : 'must be pairs of x and y';
}
