import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../testkit';
import { withoutDaemons } from './no-daemons';

const folder = temporaryFolder();
const policy = join(folder.path, 'policy-rc.d');
afterAll(() => folder.remove());

test('daemons are forbidden while packages are installed, and only then', async () => {
  let during = '';
  const failing = withoutDaemons(async () => {
    during = readFileSync(policy, 'utf8');
    expect(statSync(policy).mode & 0o111).toBe(0o111);
    throw new Error('the installation failed');
  }, policy);
  await expect(failing).rejects.toThrow('the installation failed');
  expect(during).toMatch(/^#!\/bin\/sh\n[^]*exit 101\n$/);
  expect(existsSync(policy)).toBe(false);
});

test('a policy left by an installation that was killed goes, one of the system stays', async () => {
  let ours = '';
  await withoutDaemons(async () => void (ours = readFileSync(policy, 'utf8')), policy);
  writeFileSync(policy, ours);
  await withoutDaemons(async () => undefined, policy);
  expect(existsSync(policy)).toBe(false);

  writeFileSync(policy, '#!/bin/sh\nexit 0\n');
  await withoutDaemons(async () => undefined, policy);
  expect(readFileSync(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});
