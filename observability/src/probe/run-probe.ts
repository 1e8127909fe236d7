import { messageOf } from '@terakoya/common/errors';
import { withTimeout } from '@terakoya/common/lifecycle';
import type { Logger } from '@terakoya/common/logging';
import { GraphError, SchoolClient } from '@terakoya/common/school-client';
import { gauge, histogram, setSpanAttributes, withSpan } from '@terakoya/common/telemetry';

import type { ProbeConfig } from './config';
import { PROBE_STEPS, type ProbeMemory, type ProbeRound, type ProbeStep, STEPS, cleanUp, newWord } from './steps';

const took = histogram('terakoya_probe_step_seconds', 'Steps of the synthetic check by outcome.', ['step', 'outcome']);
const up = gauge('terakoya_probe_up', 'Whether the step worked in the last round: 1 or 0.', ['step']);

/**
 * One round of the synthetic check: signs in, imports a page, waits for its text, joins a meeting. A step that fails is
 * counted and the next is tried all the same; without a session there is nothing to try.
 */
export async function runProbe(config: ProbeConfig, memory: ProbeMemory, logger: Logger): Promise<void> {
  const round: ProbeRound = { client: new SchoolClient(config.PROBE_URL), config, memory, word: newWord() };
  await withSpan('probe', { kind: 'internal' }, async () => {
    const isIn = await tryStep('sign-in', round, logger);
    for (const step of PROBE_STEPS.slice(1)) {
      if (isIn) await tryStep(step, round, logger);
      else up.set({ step }, 0);
    }
    await cleanUp(round).catch((error: unknown) => logger.warn({ reason: reasonOf(error) }, 'nothing was cleaned up'));
  });
}

async function tryStep(step: ProbeStep, round: ProbeRound, logger: Logger): Promise<boolean> {
  return withSpan(`probe ${step}`, { kind: 'internal' }, async () => {
    const ended = took.startTimer({ step });
    try {
      await withTimeout(`The step ${step}`, round.config.PROBE_TIMEOUT_SECONDS * 1_000, (signal) =>
        STEPS[step](round, signal),
      );
      ended({ outcome: 'ok' });
      up.set({ step }, 1);
      return true;
    } catch (error) {
      ended({ outcome: 'failed' });
      up.set({ step }, 0);
      setSpanAttributes({ 'terakoya.probe.failed': true, 'terakoya.probe.reason': reasonOf(error) });
      logger.warn({ step, reason: reasonOf(error) }, 'a step of the probe failed');
      return false;
    }
  });
}

/** The probe's own words only come back in it: it writes nothing that is somebody's. */
function reasonOf(error: unknown): string {
  const message = messageOf(error);
  return error instanceof GraphError && error.code !== '' ? `${error.code}: ${message}` : message;
}
