import type { z } from 'zod';

import type { Viewer } from '@terakoya/common/auth';
import type { EventContract } from '@terakoya/common/contracts';
import type { SchoolError } from '@terakoya/common/errors';
import { type NodeName, encodeId } from '@terakoya/common/global-ids';

/** What an event means to the subscribers of a topic. */
export interface TopicEvent {
  /** What it is about: those who subscribed with this key hear of it. */
  readonly key: string;
  /** The root value of the delivery: own fields as they are, entities as `entity` gives them. */
  readonly value: Readonly<Record<string, unknown>>;
  /** From this event on others may hear of the key than before: they are asked for anew before it is delivered. */
  readonly changesAudience?: boolean;
  /**
   * The thing is gone, so nobody can be asked whether a viewer may see it: tells who may still hear of it. It is the
   * last event of its subscriptions.
   */
  readonly farewell?: { readonly mayHear: (viewer: Viewer) => boolean };
}

/** One kind of event that feeds a topic; `read` parses the payload and throws when it breaks its contract. */
export interface TopicFeed {
  readonly contract: EventContract;
  readonly read: (payload: unknown) => TopicEvent;
}

/** A subscription field: which events feed it, and who may hear of them. Only signed-in viewers subscribe. */
export interface Topic {
  /** The field of `Subscription` in schema.graphql. */
  readonly field: string;
  readonly feeds: readonly TopicFeed[];
  /** What is subscribed to, from the field's arguments; BAD_USER_INPUT when they name nothing. */
  readonly keyOf: (args: Readonly<Record<string, unknown>>) => string;
  readonly audience: TopicAudience;
}

/**
 * Who may hear of a key's events, as one subgraph tells for many users at once. Everybody who may hear gets the same
 * from the fields that are `@sameForAll`.
 */
export interface TopicAudience {
  readonly subgraph: string;
  /** An operation on that subgraph with the variables `$key: String!` and `$userIds: [String!]!`: keys, as events tell them. */
  readonly query: string;
  /** Its root field, which gives those of the users who may hear. */
  readonly field: string;
  /** What those who may not are told. */
  readonly refusal: (key: string) => SchoolError;
}

/** An object that an event is about, as subgraphs and clients know it; null when the event is about none. */
export function entity(type: NodeName, key: string | null | undefined): { readonly id: string } | null {
  return key ? { id: encodeId(type, key) } : null;
}

/** Binds an event contract to what its events mean to a topic. */
export function feed<P extends z.ZodType>(
  contract: EventContract<P>,
  read: (payload: z.output<P>) => TopicEvent,
): TopicFeed {
  return { contract, read: (payload) => read(contract.payload.parse(payload)) };
}

/** The domains whose event logs feed a topic, in a fixed order: cursors are written in it. */
export function domainsOf({ feeds }: Topic): readonly string[] {
  return [...new Set(feeds.map(({ contract }) => contract.domain))].sort();
}
