import { histogram, withSpan } from '@terakoya/common/telemetry';

/** The steps of coming in: those of a join in their order, then what is signalled after it. */
export type MeetingStep =
  | 'gate'
  | 'cursors'
  | 'role'
  | 'placement'
  | 'room'
  | 'transports'
  | 'recording'
  | 'ticket'
  | 'connect'
  | 'produce'
  | 'consume';

const took = histogram('terakoya_meeting_step_seconds', 'Steps of coming into a meeting, whatever came of them.', [
  'step',
]);

/** Does a step of coming in: a span of its own, and its seconds, whether it succeeds or fails. */
export function inStep<T>(step: MeetingStep, work: () => Promise<T>): Promise<T> {
  return withSpan(`meeting ${step}`, {}, async () => {
    const tell = took.startTimer({ step });
    try {
      return await work();
    } finally {
      tell();
    }
  });
}
