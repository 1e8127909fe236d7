import type { Viewer } from '@terakoya/common/auth';
import type { LoggedEvent } from '@terakoya/common/streams';

/** Asks whether the viewer may see something now; the answer comes from its owner's policy. */
export type Visible = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer | null,
) => Promise<boolean>;

/** A field of Subscription: which events feed it, whom it concerns, and what its value is. */
export interface Topic {
  /** The field's name in the schema. */
  readonly field: string;
  /** The domain whose log carries its events. */
  readonly domain: string;
  /** What a subscription is about, from its arguments. */
  keyOf(args: Readonly<Record<string, unknown>>): string;
  /** What an event is about; null when it is none of this topic's. */
  keyOfEvent(event: LoggedEvent): string | null;
  /** The root field's value for an event. */
  rootOf(event: LoggedEvent): Readonly<Record<string, unknown>>;
  /** Whether the viewer may see what the key names; asked when subscribing and before each delivery. */
  isVisible(key: string, viewer: Viewer | null, visible: Visible): Promise<boolean>;
  /** Whether this event is the last one there can be. */
  isLast(event: LoggedEvent): boolean;
}
