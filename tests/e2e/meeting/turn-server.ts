import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';

import { eventually, findTestTool, freePort, temporaryFolder } from '../../../common/testkit';

export interface TurnServer {
  /** As TURN_SERVER takes it. */
  readonly address: string;
  readonly secret: string;
  close(): Promise<void>;
}

/** A real coturn on loopback with credentials of a TURN REST API; undefined where none can be had. */
export async function startTurnServer(): Promise<TurnServer | undefined> {
  const tool = await findTestTool('turnserver');
  if (!tool) return undefined;
  const folder = temporaryFolder();
  const [port, secret] = [await freePort(), 'a secret of the test alone'];
  const loopback = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--allow-loopback-peers'];
  const authentication = ['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=terakoya.test'];
  const files = [
    `--pidfile=${join(folder.path, 'pid')}`,
    `--userdb=${join(folder.path, 'users')}`,
    '--log-file=stdout',
  ];
  const child = spawn(
    tool.command,
    ['-n', `--listening-port=${port}`, ...loopback, ...authentication, ...files, '--no-cli', '--no-tls', '--no-dtls'],
    { env: { ...process.env, ...tool.env }, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await eventually(() => answers(port), { timeoutMs: 10_000 });
  return {
    address: `127.0.0.1:${port}`,
    secret,
    async close() {
      child.kill('SIGTERM');
      await ended;
      folder.remove();
    },
  };
}

function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
