import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

import { parse, stringify } from 'yaml';
import { z } from 'zod';

import { startOnPort } from '../../common/local-servers/free-port';
import { startServerProcess } from '../../common/local-servers/server-process';
import { requireTool } from '../../common/system-tools';
import { temporaryFolder } from '../../common/testkit';
import { scaleDuration } from '../../observability/prometheus/scale-durations';

const CONFIGURATION = join(__dirname, '..', '..', 'observability', 'alertmanager', 'alertmanager.yml');

const labels = z.record(z.string(), z.string());

const notification = z.object({
  receiver: z.string(),
  alerts: z.array(z.object({ status: z.enum(['firing', 'resolved']), labels, annotations: labels })),
});

/** What a person would have been told. */
export interface Told {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly at: Date;
}

export interface LocalAlertmanager {
  readonly url: string;
  /** Everything the receivers were told, oldest first. */
  readonly told: readonly Told[];
  close(): Promise<void>;
}

export interface AlertmanagerOptions {
  /** What all its times are multiplied by; 1 unless given. */
  readonly scale?: number;
  readonly report: (line: string) => void;
}

/**
 * Starts a real Alertmanager on a free port of loopback with the routes and inhibitions of the repository; each receiver
 * tells us by a webhook. Throws ToolMissingError where it cannot be had.
 */
export async function startAlertmanager({ scale = 1, report }: AlertmanagerOptions): Promise<LocalAlertmanager> {
  const tool = await requireTool('alertmanager', { report });
  const folder = temporaryFolder();
  const ear = await startEar();
  try {
    const file = join(folder.path, 'alertmanager.yml');
    writeFileSync(file, configuration(scale, ear.url));
    return await startOnPort(0, { name: 'Alertmanager', portVariable: 'no variable' }, async (port) => {
      const server = await startServerProcess({
        name: 'Alertmanager',
        command: tool.command,
        env: { ...tool.env, PATH: '/usr/bin:/bin' },
        args: [
          `--config.file=${file}`,
          `--storage.path=${join(folder.path, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--cluster.listen-address=', // one alone
        ],
        readyLine: 'Listening on',
        stopSignal: 'TERM',
        remove: [folder.path],
        report,
      });
      const close = async (): Promise<void> => {
        await server.stop();
        await ear.close();
      };
      return { url: `http://127.0.0.1:${port}`, told: ear.told, close };
    });
  } catch (error) {
    await ear.close();
    folder.remove();
    throw error;
  }
}

const TIMES = new Set(['group_wait', 'group_interval', 'repeat_interval']);

/** Repeating within seconds would drown what is new: that time alone is not made shorter than a minute. */
const LEAST_REPEAT = '1m';

function configuration(scale: number, ear: string): string {
  const root = parse(readFileSync(CONFIGURATION, 'utf8'), (key: unknown, value: unknown) => {
    if (typeof key !== 'string' || typeof value !== 'string' || !TIMES.has(key)) return value;
    return key === 'repeat_interval' && scale < 1 ? LEAST_REPEAT : scaleDuration(value, scale);
  }) as { receivers: { name: string; webhook_configs?: unknown[] }[] }; // our own file
  for (const receiver of root.receivers) receiver.webhook_configs = [{ url: ear, send_resolved: true }];
  return stringify(root);
}

/** Listens to webhooks. */
async function startEar() {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        const { receiver, alerts } = notification.parse(body);
        told.push(...alerts.map((alert) => ({ receiver, ...alert, at: new Date() })));
        response.end();
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an address object
  return {
    url: `http://127.0.0.1:${port}/`,
    told,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
