import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ClassRole = 'TEACHER' | 'STUDENT' | 'SUPPORTER';

@Entity('class')
export class ClassEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text', { name: 'invitation_code' })
  invitationCode!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@Entity('member')
export class MemberEntity {
  @PrimaryColumn('uuid', { name: 'class_id' })
  classId!: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text')
  role!: ClassRole;

  @Column('timestamptz', { name: 'joined_at' })
  joinedAt!: Date;
}
