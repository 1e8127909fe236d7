import { ConfigurationError } from '../errors';

/** A server program ended, or was not ready in time. */
export class ServerStartError extends ConfigurationError {
  constructor(
    name: string,
    why: string,
    /** The last of what it wrote. */
    readonly output: string,
  ) {
    super(`${name} could not start: ${why} ${output.trim().split('\n').slice(-4).join(' | ')}`.trim());
  }

  get isPortTaken(): boolean {
    return /address already in use/i.test(this.output);
  }
}
