import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';

import type { MeetingsContext } from '../context';
import { SendSignalInput } from './signal.inputs';
import type { SignalService } from './signal.service';

/** The signalling of direct calls. */
@Resolver()
export class SignalResolver {
  constructor(private readonly signals: SignalService) {}

  @Directive('@authenticated')
  @Mutation(() => Boolean, {
    description:
      'In a direct call, tells the other one something: they get it as `participantChanged` of the kind SIGNAL. Errors: ' +
      'NOT_FOUND for who is not present, CONFLICT when the call is not direct any more, RATE_LIMITED. Always true.',
  })
  async sendSignal(
    @Arg('input') { meetingId, participantId, signal }: SendSignalInput,
    @Ctx() { viewer }: MeetingsContext,
  ): Promise<boolean> {
    await this.signals.send(viewer, meetingId, participantId, signal);
    return true;
  }
}
