import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A part of a meeting's media on one node. A node that is lost takes its row with it. */
@Entity('room')
export class RoomEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' })
  meetingId!: string;

  @PrimaryColumn('text', { name: 'node_id' })
  nodeId!: string;

  @Column('text', { name: 'control_url' })
  controlUrl!: string;

  @Column('int')
  epoch!: number;
}
