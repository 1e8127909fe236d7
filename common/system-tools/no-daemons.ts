import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * What Debian asks before a package's scripts start its daemon (`invoke-rc.d`, `deb-systemd-invoke`); 101 forbids it.
 * Without it `redis-server` would be left running on port 6379.
 */
const POLICY = '/usr/sbin/policy-rc.d';
const MARK = '# Written by Terakoya while it installs a tool; may be removed.';

/**
 * Does the work while Debian starts no daemons. A policy that the system has stays as it is: containers have one that
 * forbids all, and another one is the administrator's decision. Ours is removed, also one left by a process that died.
 */
export async function withoutDaemons(work: () => Promise<void>, policy = POLICY): Promise<void> {
  const isOurs = !existsSync(policy) || readFileSync(policy, 'utf8').includes(MARK);
  if (isOurs) writeFileSync(policy, `#!/bin/sh\n${MARK}\nexit 101\n`, { mode: 0o755 });
  try {
    await work();
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}
