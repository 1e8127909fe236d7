import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';

import { NodeType, connectionOf } from '@terakoya/common/graphql';

import type { StrokeEntity } from './stroke.entity';

@ObjectType('WhiteboardStroke', {
  implements: NodeType,
  description: 'A line on the whiteboard of a meeting; kept after its end.',
})
@Directive('@key(fields: "id")')
export class StrokeType extends NodeType {
  @Directive('@sameForAll')
  @Field(() => Int, { description: 'Its place, from 1: later ones lie above.' })
  number!: number;

  @Directive('@sameForAll')
  @Field(() => [Float], {
    description: "x and y by turns, in fractions of the board's width and height; at most 1,000 numbers.",
  })
  points!: number[];

  @Directive('@sameForAll')
  @Field({ description: 'The colour, as `#rrggbb`.' })
  color!: string;

  @Directive('@sameForAll')
  @Field(() => Float, { description: "How wide it is, in fractions of the board's width." })
  width!: number;

  @Directive('@sameForAll')
  @Field(() => Date, { description: 'When it was drawn.' })
  drawnAt!: Date;

  @Directive('@sameForAll')
  @Field(() => Date, { nullable: true, description: 'When it was taken back; null while it stands.' })
  erasedAt!: Date | null;

  participantId!: string;
}

export const StrokeConnection = connectionOf(StrokeType, 'WhiteboardStroke');

export function presentStroke(row: StrokeEntity): StrokeType {
  const { id, number, points, color, width, drawnAt, erasedAt, participantId } = row;
  return { id, number, points, color, width, drawnAt, erasedAt, participantId };
}
