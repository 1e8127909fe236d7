import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { composeSupergraph } from '../../scripts/schema/compose';
import { BenchProcess, FROM_SOURCE } from '../gateway/bench-process';
import { type RunningGateway, startGateway } from '../gateway/contestants/contestants';
import type { Cores } from '../gateway/cores';
import type { SubgraphsReady } from '../gateway/graph/main';
import { SUBGRAPHS } from '../gateway/graph/subgraphs';
import type { Mode } from './options';

const PRELOAD = join(__dirname, '..', '..', 'observability', 'preload.ts');
const START_MS = 60_000;

/** What each mode sets; everything else has the default of the preload. */
const VARIABLES: Readonly<Record<Mode, Readonly<Record<string, string>>>> = {
  off: { OTEL_SDK_DISABLED: 'true' },
  default: {},
  full: { OTEL_TRACES_SAMPLER_ARG: '1' },
};

/** A gateway and subgraphs that trace in one mode. */
export interface TracedGateway {
  readonly mode: Mode;
  readonly gateway: RunningGateway;
  readonly subgraphs: BenchProcess;
  stop(): Promise<void>;
}

export interface TracedSeat {
  /** Where files of this run lie. */
  readonly folder: string;
  readonly cores: Cores | null;
  /** Where telemetry is sent. */
  readonly receiverUrl: string;
  /** Flags of Node.js for the gateway. */
  readonly nodeFlags?: readonly string[];
}

/** Starts the processes of one mode, all with the preload that services have. */
export async function startTraced(mode: Mode, seat: TracedSeat): Promise<TracedGateway> {
  const { folder, cores, receiverUrl, nodeFlags } = seat;
  const environment = (service: string) => ({
    ...VARIABLES[mode],
    OTEL_EXPORTER_OTLP_ENDPOINT: receiverUrl,
    OTEL_SERVICE_NAME: service,
  });
  const subgraphs = new BenchProcess({
    name: `the subgraphs (${mode})`,
    args: [...FROM_SOURCE, '--require', PRELOAD, join(__dirname, 'subgraphs-main.ts')],
    environment: environment('subgraphs'),
    cores: cores?.others,
  });
  try {
    const { urls } = await subgraphs.message<SubgraphsReady>(START_MS);
    const supergraph = join(folder, `${mode}.graphql`);
    writeFileSync(
      supergraph,
      composeSupergraph(SUBGRAPHS.map(({ name, sdl }) => ({ name, sdl, url: urls[name] ?? '' }))),
    );
    const preload = { file: PRELOAD, environment: environment('gateway') };
    const gateway = await startGateway('ours', { supergraph, cores: cores?.gateway, preload, nodeFlags });
    const stop = async () => void (await Promise.all([gateway.process.stop(), subgraphs.stop()]));
    return { mode, gateway, subgraphs, stop };
  } catch (error) {
    await subgraphs.stop();
    throw error;
  }
}
