import type { MediaRoom } from '@terakoya/common/contracts';
import { NotFoundError } from '@terakoya/common/errors';

/** What the register has to know of a room. */
export interface RegisteredRoom {
  readonly id: MediaRoom;
  readonly isClosed: boolean;
  close(): void;
}

/**
 * The rooms of a node: of each meeting the one with the highest epoch. Opening a later one closes the earlier; an
 * earlier one is not found any more.
 */
export class Rooms<R extends RegisteredRoom> {
  readonly #rooms = new Map<string, R>();
  /** The epochs of meetings whose room was lost: whoever opened one again would be alone in it. */
  readonly #lost = new Map<string, number>();

  constructor(private readonly create: (id: MediaRoom) => R) {}

  get all(): readonly R[] {
    return [...this.#rooms.values()];
  }

  /** The room, opened when it is not there; NOT_FOUND when it was lost or a later epoch of the meeting has begun. */
  open(id: MediaRoom): R {
    const present = this.#rooms.get(id.meetingId);
    const isOver = Math.max(present?.id.epoch ?? 0, (this.#lost.get(id.meetingId) ?? 0) + 1) > id.epoch;
    if (isOver) throw notFound(id);
    const open = this.find(id);
    if (open) return open;
    present?.close();
    this.#lost.delete(id.meetingId);
    const opened = this.create(id);
    this.#rooms.set(id.meetingId, opened);
    return opened;
  }

  /** The room; undefined when it was never opened, is closed, or a later epoch has begun. */
  find(id: MediaRoom): R | undefined {
    const present = this.#rooms.get(id.meetingId);
    return present?.id.epoch === id.epoch && !present.isClosed ? present : undefined;
  }

  /** The room; NOT_FOUND where `find` finds none. */
  get(id: MediaRoom): R {
    const found = this.find(id);
    if (!found) throw notFound(id);
    return found;
  }

  close(id: MediaRoom): void {
    const present = this.#rooms.get(id.meetingId);
    if (!present || present.id.epoch !== id.epoch) return;
    present.close();
    this.#rooms.delete(id.meetingId);
  }

  /** Forgets a room that has ended by itself, for good. */
  lose(id: MediaRoom): void {
    this.close(id);
    this.#lost.set(id.meetingId, id.epoch);
  }

  closeAll(): void {
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }
}

function notFound({ meetingId, epoch }: MediaRoom): NotFoundError {
  return new NotFoundError('room', `${meetingId}:${epoch}`);
}
