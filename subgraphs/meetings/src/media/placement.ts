import { type MediaNode, type MediaNodes } from '@terakoya/common/media-nodes';

import { meetingRepository } from '../meeting/meeting.repository';
import type { Scope } from '../meeting/meeting-work';
import { chooseNode } from './placement.policy';
import type { RoomEntity } from './room.entity';
import { roomRepository } from './room.repository';

/** Finds media nodes for meetings. */
export class Placement {
  constructor(
    private readonly directory: MediaNodes,
    private readonly region: string,
  ) {}

  /** The nodes that live, without those that could not be reached a moment ago. */
  async nodes(without: ReadonlySet<string>): Promise<MediaNode[]> {
    return (await this.directory.list()).filter(({ id }) => !without.has(id));
  }

  /** The meeting's room on the best of the nodes, begun when there is none; null when no node takes anybody. */
  async roomFor({ manager, meeting }: Scope, nodes: readonly MediaNode[]): Promise<RoomEntity | null> {
    const rooms = await roomRepository.ofMeeting(manager, meeting.id);
    const present = new Set(rooms.map(({ nodeId }) => nodeId));
    const node = chooseNode(nodes, { region: this.region, present });
    if (!node) return null;
    const known = rooms.find(({ nodeId }) => nodeId === node.id);
    if (known) return known;
    const epoch = meeting.nextEpoch;
    const room = { meetingId: meeting.id, nodeId: node.id, controlUrl: node.controlUrl, epoch };
    await meetingRepository.update(manager, meeting.id, { nextEpoch: epoch + 1 });
    await roomRepository.insert(manager, room);
    return room;
  }
}
