import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { eventually, temporaryFolder } from '../../testkit';
import { startPostgres, startRedis } from '..';
import { query } from './query';

const root = join(__dirname, '..', '..', '..');
const announced = z.object({ ports: z.array(z.number()) });

/** Starts both servers in a process of its own, kills that with -9 and gives their ports. */
async function startAndKill(postgres: string, redis: string, isEphemeral: boolean): Promise<number[]> {
  const program = `
    const { startPostgres, startRedis } = require(${JSON.stringify(join(root, 'common/local-servers'))});
    const report = () => {};
    Promise.all([
      startPostgres({ dataDirectory: ${JSON.stringify(postgres)}, port: 0, isEphemeral: ${isEphemeral}, report }),
      startRedis({ dataDirectory: ${JSON.stringify(redis)}, port: 0, report }),
    ]).then((servers) => console.log(JSON.stringify({ ports: servers.map((server) => server.port) })));`;
  const owner = spawn(process.execPath, ['--require', join(root, 'scripts/register.js'), '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(owner.stdout), 'line')) as [string]; // what readline emits
  owner.kill('SIGKILL');
  return announced.parse(JSON.parse(line)).ports;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

test('servers end when the process that started them is killed; what was not to be kept is gone', async () => {
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  const postgres = join(folder.path, 'postgres');
  const ports = await startAndKill(postgres, join(folder.path, 'redis'), true);
  await eventually(async () => expect(await Promise.all(ports.map(isOpen))).toEqual([false, false]));
  await eventually(() => expect(existsSync(postgres)).toBe(false));
  folder.remove();
});

test('a start right after a start that was killed waits for its servers and goes on with the data', async () => {
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  const [postgres, redis] = [join(folder.path, 'postgres'), join(folder.path, 'redis')];
  await startAndKill(postgres, redis, false);
  const report = (): void => undefined;
  const database = await startPostgres({ dataDirectory: postgres, port: 0, report });
  const store = await startRedis({ dataDirectory: redis, port: 0, report });
  expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await store.stop();
  await database.stop();
  folder.remove();
});
