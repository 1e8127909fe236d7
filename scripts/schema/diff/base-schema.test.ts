import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../../../common/testkit';
import { findBaseSchema } from './base-schema';

const PATH = 'schema.graphql';
const folder = temporaryFolder();
const root = join(folder.path, 'repository');
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: root, stdio: 'pipe' });

function commit(sdl: string): void {
  writeFileSync(join(root, PATH), `${sdl}\n`);
  git('add', '.');
  git('commit', '--quiet', '--message', sdl);
}

beforeAll(() => mkdirSync(root));
afterAll(() => folder.remove());

test('without history there is nothing to compare with', () => {
  expect(findBaseSchema(root, PATH)).toBeNull();
  git('init', '--quiet', '--initial-branch', 'main');
  expect(findBaseSchema(root, PATH)).toBeNull();
  commit('one');
  expect(findBaseSchema(root, PATH)).toBeNull();
});

test('on main it is the commit before', () => {
  commit('two');
  expect(findBaseSchema(root, PATH)).toMatchObject({ sdl: 'one', name: expect.stringContaining('HEAD^') });
});

test('on a branch it is where the branch left main, however far main has gone since', () => {
  git('checkout', '--quiet', '-b', 'work');
  commit('mine');
  commit('mine again');
  git('checkout', '--quiet', 'main');
  commit('three');
  git('checkout', '--quiet', 'work');
  expect(findBaseSchema(root, PATH)?.sdl).toBe('two');
});

test('a ref that is named is taken as it is, and must exist', () => {
  expect(findBaseSchema(root, PATH, 'main')?.sdl).toBe('three');
  expect(() => findBaseSchema(root, PATH, 'nowhere')).toThrow('There is no schema at nowhere.');
});

test("a copy within somebody else's repository has no history of its own", () => {
  const copy = join(root, 'copy');
  mkdirSync(copy);
  expect(findBaseSchema(copy, PATH)).toBeNull();
});
