import { type Viewer, canTeach, isAdmin } from './viewer';

/** A named rule of `@policy`: whether it holds for whoever asks. Pure, so that gateway and subgraph agree. */
type Policy = (viewer: Viewer) => boolean;

const POLICIES: Readonly<Record<string, Policy>> = {
  /** Teaches somewhere in the school. */
  teaches: canTeach,
  /** Runs the school. */
  runs_the_school: isAdmin,
};

/** Whether a policy holds. One of another name holds for nobody. */
export function holdsPolicy(name: string, viewer: Viewer): boolean {
  return Object.hasOwn(POLICIES, name) && POLICIES[name]?.(viewer) === true;
}
