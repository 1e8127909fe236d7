import { Directive, Field, ObjectType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { CaptionEntity } from './caption.entity';

@ObjectType('MeetingCaption', {
  implements: NodeType,
  description: 'What somebody said in a meeting, as text; kept after its end.',
})
@Directive('@key(fields: "id")')
export class CaptionType extends NodeType {
  @Directive('@sameForAll')
  @Field({ description: 'What they said, 1 to 500 characters.' })
  text!: string;

  @Directive('@sameForAll')
  @Field({ description: 'In which language, as a BCP 47 tag.' })
  language!: string;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When the caption came.' })
  spokenAt!: Date;

  participantId!: string;
}

export const CaptionConnection = connectionOf(CaptionType, 'MeetingCaption');

export function presentCaption({ id, text, language, spokenAt, participantId }: CaptionEntity): CaptionType {
  return { id, text, language, spokenAt, participantId };
}
