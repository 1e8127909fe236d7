import { startOnPort } from '../../common/local-servers/free-port';
import { startServerProcess } from '../../common/local-servers/server-process';
import { type ToolCommand, requireTool } from '../../common/system-tools';
import type { ScrapeTarget } from './start-prometheus';

type Report = (line: string) => void;

/** A process that tells Prometheus what a server knows of itself. */
export interface Exporter extends ScrapeTarget {
  close(): Promise<void>;
}

/** Starts the exporter of a PostgreSQL; `url` is that of a superuser. */
export async function startPostgresExporter(url: string, report: Report): Promise<Exporter> {
  const tool = await requireTool('postgres-exporter', { report });
  return start('postgres', 'Listening on', tool, { DATA_SOURCE_NAME: `${url}?sslmode=disable` }, report);
}

/** Starts the exporter of a Redis. */
export async function startRedisExporter(url: string, report: Report): Promise<Exporter> {
  const tool = await requireTool('redis-exporter', { report });
  const { host, password } = new URL(url);
  const variables = { REDIS_ADDR: `redis://${host}`, REDIS_PASSWORD: decodeURIComponent(password) };
  return start('redis', 'Providing metrics', tool, variables, report);
}

function start(
  service: string,
  readyLine: string,
  { command, env }: ToolCommand,
  variables: Readonly<Record<string, string>>,
  report: Report,
): Promise<Exporter> {
  const name = `the exporter of ${service}`;
  return startOnPort(0, { name, portVariable: 'no variable' }, async (port) => {
    const server = await startServerProcess({
      name,
      command,
      env: { ...env, ...variables, PATH: '/usr/bin:/bin' },
      args: [`--web.listen-address=127.0.0.1:${port}`],
      readyLine,
      stopSignal: 'TERM',
      remove: [],
      report,
    });
    return { service, url: `http://127.0.0.1:${port}`, close: server.stop };
  });
}
