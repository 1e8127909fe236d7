import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

import { poll } from '../../lifecycle';
import { freePort, temporaryFolder } from '../../testkit';

/** OpenStack Swift with its S3 API: a real S3 server of somebody else's that verifies every signature. */
export interface SwiftServer {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

const SECRET_KEY = randomBytes(20).toString('hex');
const START_MS = 40_000;

/** Builds rings and configuration in a folder of its own and starts the four servers on free loopback ports. */
export async function startSwift(proxyCommand: string): Promise<SwiftServer> {
  const folder = temporaryFolder();
  const programs = dirname(proxyCommand);
  const ports = {
    proxy: await freePort(),
    account: await freePort(),
    container: await freePort(),
    object: await freePort(),
  };
  mkdirSync(join(folder.path, 'devices', 'd1'), { recursive: true });
  const children: ChildProcess[] = [];
  for (const name of ['account', 'container', 'object'] as const) {
    makeRing(join(programs, 'swift-ring-builder'), folder.path, name, ports[name]);
    writeFileSync(join(folder.path, `${name}.conf`), storageConfig(folder.path, name, ports[name]));
  }
  writeFileSync(join(folder.path, 'proxy.conf'), proxyConfig(folder.path, ports.proxy));
  const start = async (name: keyof typeof ports): Promise<void> => {
    const program = join(programs, `swift-${name}-server`);
    children.push(spawn(program, [join(folder.path, `${name}.conf`)], { stdio: 'ignore' }));
    const what = `the ${name} server of Swift`;
    await poll(what, { timeoutMs: START_MS, everyMs: 100 }, () =>
      answers(`http://127.0.0.1:${ports[name]}/healthcheck`),
    );
  };
  const endpoint = `http://127.0.0.1:${ports.proxy}`;
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(end));
    folder.remove();
  };
  try {
    // The proxy shuns a server that did not answer it: it comes last.
    await Promise.all([start('account'), start('container'), start('object')]);
    await start('proxy');
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, accessKey: 'test:tester', secretKey: SECRET_KEY, stop };
}

function makeRing(builder: string, folder: string, name: string, port: number): void {
  const file = join(folder, `${name}.builder`);
  const run = (...args: string[]): void => void execFileSync(builder, [file, ...args], { stdio: 'ignore' });
  run('create', '4', '1', '1');
  run('add', `r1z1-127.0.0.1:${port}/d1`, '1');
  run('rebalance');
}

function common(folder: string, port: number): string {
  return `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nuser = ${userInfo().username}\nswift_dir = ${folder}\n`;
}

function storageConfig(folder: string, name: string, port: number): string {
  return `${common(folder, port)}devices = ${join(folder, 'devices')}
mount_check = false
[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
`;
}

/** The token cache names a port where nobody listens: S3 requests carry their own signature and need no token. */
function proxyConfig(folder: string, port: number): string {
  return `${common(folder, port)}[pipeline:main]
pipeline = healthcheck cache s3api tempauth proxy-server
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${SECRET_KEY} .admin
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
`;
}

/** Whatever it answers, it listens and speaks HTTP. */
async function answers(url: string): Promise<true | undefined> {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).arrayBuffer();
    return true;
  } catch {
    return undefined;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
