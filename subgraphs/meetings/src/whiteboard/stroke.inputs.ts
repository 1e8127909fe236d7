import { ArrayMaxSize, ArrayMinSize, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';

import { LIMITS } from '@terakoya/common/contracts';

import { MeetingInput } from '../participant/participant.inputs';

@InputType({ description: 'A line to draw.' })
export class StrokeInput {
  @Field(() => [Float], {
    description: "x and y by turns, each 0 to 1, in fractions of the board's width and height; at most 1,000 numbers.",
  })
  @ArrayMinSize(2)
  @ArrayMaxSize(1_000)
  @Min(0, { each: true })
  @Max(1, { each: true })
  points!: number[];

  @Field({ description: 'The colour, as `#rrggbb`.' })
  @Matches(/^#[0-9a-f]{6}$/i, { message: 'color must be a colour such as #1a2b3c' })
  color!: string;

  @Field(() => Float, { description: "How wide it is, in fractions of the board's width: 0.0005 to 0.1." })
  @Min(0.0005)
  @Max(0.1)
  width!: number;
}

@InputType({ description: 'Lines to draw on the whiteboard of a meeting.' })
export class AddWhiteboardStrokesInput extends MeetingInput {
  @Field(() => [StrokeInput], { description: `In the order of drawing: at least 1, at most ${LIMITS.strokesAtOnce}.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(LIMITS.strokesAtOnce)
  @ValidateNested({ each: true })
  strokes!: StrokeInput[];
}
