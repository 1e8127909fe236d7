import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Role } from '@terakoya/common/auth';

/** A person who can sign in. The e-mail is kept normalised; the hash is argon2id in PHC form. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('text')
  role!: Role;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
