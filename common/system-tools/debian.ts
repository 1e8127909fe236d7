import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { toolEnvironment } from './config';
import { runCommand } from './run-command';

const LOCK = join(tmpdir(), 'terakoya-apt.lock');
const LOCK_WAIT_MS = 300_000;

/** Keeps services of installed packages from being started (`redis-server` would take port 6379). */
const NO_DAEMONS = '/usr/sbin/policy-rc.d';

/** Installs Debian packages system-wide; needs root. Their daemons are not started. */
export async function installWithApt(packages: readonly string[]): Promise<void> {
  await withLock(async () => {
    const hadPolicy = exists(NO_DAEMONS);
    if (!hadPolicy) writeFileSync(NO_DAEMONS, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    try {
      await apt(['update', '-qq']);
      await apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
    } finally {
      if (!hadPolicy) rmSync(NO_DAEMONS, { force: true });
    }
  });
}

/** Unpacks Debian packages into a folder of ours; needs no root, only package lists that are there. */
export async function unpackWithApt(packages: readonly string[], target: string): Promise<void> {
  await withLock(async () => {
    mkdirSync(target, { recursive: true });
    await runCommand('apt-get', ['download', ...packages], { cwd: target, environment: environment() });
    for (const file of readdirSync(target).filter((name) => name.endsWith('.deb'))) {
      await runCommand('dpkg-deb', ['-x', join(target, file), target]);
      rmSync(join(target, file));
    }
  });
}

async function apt(args: readonly string[]): Promise<void> {
  await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { environment: environment() });
}

function environment(): Record<string, string> {
  const entries = Object.entries(toolEnvironment()).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(entries), DEBIAN_FRONTEND: 'noninteractive' };
}

/** One installation at a time on this machine; a lock left by a process that died is taken over. */
async function withLock(work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!take()) {
    if (Date.now() > deadline) throw new Error(`another installation holds ${LOCK}`);
    await delay(250);
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function take(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHolderAlive()) rmSync(LOCK, { force: true });
    return false;
  }
}

function isHolderAlive(): boolean {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
