import { Directive, Field, Int, ObjectType } from 'type-graphql';

import type { NotesEntity } from './notes.entity';

@ObjectType('MeetingNotes', {
  description: 'The text that those who are in a meeting write together; kept after its end.',
})
export class NotesType {
  @Directive('@sameForAll')
  @Field({ description: 'Markdown, at most 100,000 characters.' })
  text!: string;

  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Counts the changes; 0 before the first.' })
  revision!: number;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it was changed last; null before the first change.' })
  updatedAt!: Date | null;

  participantId!: string | null;
}

/** The notes of a meeting in which nobody has written any are empty. */
export function presentNotes(notes: NotesEntity | null): NotesType {
  if (!notes) return { text: '', revision: 0, updatedAt: null, participantId: null };
  const { text, revision, updatedAt, participantId } = notes;
  return { text, revision, updatedAt, participantId };
}
