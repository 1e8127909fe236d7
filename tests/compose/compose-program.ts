import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { messageOf } from '@terakoya/common/errors';
import { runCommand, toolCache, toolEnvironment } from '@terakoya/common/system-tools';

/** How to run Compose: a program and the arguments that come first. */
export type ComposeProgram = readonly [command: string, ...first: string[]];

const CANDIDATES: readonly ComposeProgram[] = [['docker', 'compose'], ['docker-compose']];
/** Debian has Compose v2 from this suite on; it is one program without libraries. */
const SUITE = 'trixie';
const UNPACKED = join('usr', 'libexec', 'docker', 'cli-plugins', 'docker-compose');

/** Compose v2 or newer: installed, or unpacked from a newer Debian into our cache; undefined where it cannot be had. */
export async function findCompose(report: (line: string) => void): Promise<ComposeProgram | undefined> {
  const kept: ComposeProgram = [join(toolCache(toolEnvironment()), 'docker-compose', UNPACKED)];
  for (const candidate of [...CANDIDATES, kept]) if (await isNewEnough(candidate)) return candidate;
  try {
    await unpack(join(toolCache(toolEnvironment()), 'docker-compose'), report);
    return (await isNewEnough(kept)) ? kept : undefined;
  } catch (error) {
    report(`Compose v2 could not be got: ${messageOf(error)}`);
    return undefined;
  }
}

async function isNewEnough([command, ...first]: ComposeProgram): Promise<boolean> {
  try {
    const version = await runCommand(command, [...first, 'version', '--short'], { timeoutMs: 20_000 });
    return Number.parseInt(version.trim().replace(/^v/, ''), 10) >= 2;
  } catch {
    return false;
  }
}

/** Where this system has its packages from: the newer suite lies there too. */
async function archiveOf(): Promise<string> {
  const lists = await runCommand('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const archive = lists.split('\n').find((uri) => /\/debian\/?$/.test(uri.trim()));
  if (archive === undefined) throw new Error('the system names no archive of Debian');
  return archive.trim();
}

async function unpack(folder: string, report: (line: string) => void): Promise<void> {
  if (!existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')) throw new Error('this is no Debian');
  report(`unpacking docker-compose of Debian ${SUITE} into ${folder} …`);
  for (const parent of ['lists', 'archives']) mkdirSync(join(folder, 'apt', parent, 'partial'), { recursive: true });
  const sources = join(folder, 'apt', 'debian.sources');
  writeFileSync(
    sources,
    `Types: deb\nURIs: ${await archiveOf()}\nSuites: ${SUITE}\nComponents: main\n` +
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n',
  );
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::Lists=${join(folder, 'apt', 'lists')}`,
    `Dir::Cache=${join(folder, 'apt')}`,
  ].flatMap((option) => ['-o', option]);
  await runCommand('apt-get', [...options, 'update', '-qq']);
  await runCommand('apt-get', [...options, 'download', '-qq', 'docker-compose'], { cwd: folder });
  await runCommand('sh', ['-c', 'dpkg-deb -x docker-compose_*.deb . && rm docker-compose_*.deb'], { cwd: folder });
  rmSync(join(folder, 'apt'), { recursive: true, force: true });
}
