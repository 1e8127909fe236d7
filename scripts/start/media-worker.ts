import type { Closable } from '@terakoya/common/lifecycle';

import { findMediasoupWorker, requireMediasoupWorker } from '../../media/src/worker/require-worker';

/** The mediasoup worker of this machine, which may have to be built first. */
export class MediaWorker implements Closable {
  readonly #closing = new AbortController();
  #required: Promise<string> | undefined;

  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly report: (line: string) => void,
  ) {}

  /** Whether it is there now. */
  async isThere(): Promise<boolean> {
    return (await findMediasoupWorker(this.environment)) !== null;
  }

  /** Its path, as soon as it is there. */
  require(): Promise<string> {
    const { environment: env, report } = this;
    return (this.#required ??= requireMediasoupWorker({ report, env, signal: this.#closing.signal }));
  }

  /** Ends a build that goes on. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the school is closing'));
    await this.#required?.catch(() => undefined);
  }
}
