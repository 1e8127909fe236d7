import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ClassRole = 'TEACHER' | 'STUDENT' | 'SUPPORTER';

/** What `classes` has told of who is in a class. Who left stays, without a role, so that no late event revives them. */
@Entity('class_member')
export class ClassMemberEntity {
  @PrimaryColumn('uuid', { name: 'class_id' })
  classId!: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text', { nullable: true })
  role!: ClassRole | null;

  /** When what stands here became true. */
  @Column('timestamptz', { name: 'told_at' })
  toldAt!: Date;
}
