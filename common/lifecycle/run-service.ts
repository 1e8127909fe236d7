import { ConfigurationError, messageOf } from '../errors';
import { readFaultSwitches } from '../faults';
import { installFaultDoor } from '../http';
import { createLogger } from '../logging';
import { observeProcess } from '../telemetry';
import type { Service } from './service';

/** How long a drain may take before the process ends anyway. */
const DRAIN_MS = 15_000;
/** Everything is closed by then: what still keeps the process alive is a leak. Telemetry flushes in this time. */
const LINGER_MS = 3_000;

/**
 * The body of every `main.ts`: starts the service, tells a parent process that it is ready, drains on SIGTERM and
 * SIGINT, and exits non-zero on a wrong configuration (one clear line) or an uncaught error.
 */
export function runService(name: string, create: () => Service): void {
  const logger = createLogger(name, 'info');
  let service: Service | undefined;
  let isClosing = false;

  const fail = (error: unknown, reason: string): void => {
    if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
    else logger.fatal({ err: error }, reason);
    process.exitCode = 1;
    void close(reason);
  };

  const close = async (reason: string): Promise<void> => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(process.exitCode ?? 1), Math.max(DRAIN_MS, service?.closingMs ?? 0)).unref();
    try {
      await service?.close();
    } catch (error) {
      logger.error({ err: error }, `closing failed after ${reason}`);
      process.exitCode = 1;
    }
    if (process.connected) process.disconnect();
    setTimeout(() => process.exit(), LINGER_MS).unref();
  };

  process.on('SIGTERM', () => void close('SIGTERM'));
  process.on('SIGINT', () => void close('SIGINT'));
  process.on('disconnect', () => void close('the parent process ended'));
  process.on('uncaughtException', (error) => fail(error, 'uncaught exception'));
  process.on('unhandledRejection', (error) => fail(error, 'unhandled rejection'));

  start().catch((error: unknown) => fail(error, `could not start: ${messageOf(error)}`));

  async function start(): Promise<void> {
    observeProcess();
    service = create();
    const { secret, redisUrl } = readFaultSwitches();
    if (secret) installFaultDoor(secret, redisUrl);
    const { port } = await service.start();
    logger.info({ port }, 'ready');
    process.send?.({ ready: true, port });
  }
}
