import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { defineConfig, secret } from '..';

const config = defineConfig('shop', {
  KEY: secret(8),
  DEMO_PASSWORD: secret(8).prefault('terakoya-demo'),
  NAME: z.string().optional(),
  RULES_FILE: z.string().optional(),
  RULES: z.string().optional(),
});
const STRONG = '3f9c1e7a52d84b06';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, 'value');
  writeFileSync(path, content);
  return path;
}

test('takes a variable from the file that NAME_FILE names, without the line break at its end', () => {
  const read = config.read({ KEY_FILE: file(`${STRONG}\n`), NAME_FILE: file(`${STRONG}\n`) });
  expect(read.KEY.reveal()).toBe(STRONG);
  expect(read.NAME).toBe(STRONG);
});

test('an empty file is a variable that is not set', () => {
  expect(() => config.read({ KEY_FILE: file('\n') })).toThrow('shop: environment variable KEY is not set');
});

test('says so when a file is missing, and when variable and file are both set', () => {
  const missing = join(folder, 'nowhere');
  expect(() => config.read({ KEY_FILE: missing })).toThrow(`the file ${missing}, which KEY_FILE names, cannot be read`);
  expect(() => config.read({ KEY: STRONG, KEY_FILE: file(STRONG) })).toThrow('KEY and KEY_FILE are both set');
});

test('a variable whose own name ends in _FILE is no pointer', () => {
  expect(config.read({ KEY: STRONG, RULES_FILE: 'rules.json' })).toMatchObject({ RULES_FILE: 'rules.json' });
  expect(config.read({ KEY: STRONG, RULES_FILE: 'rules.json' }).RULES).toBeUndefined();
});

test.each([
  ['short', 'a1b2c3d4e5', 'has fewer than 16 characters'],
  ['one character', 'x'.repeat(40), 'repeats itself'],
  ['a repeated text', 'abcdefgabcdefgabcdefgabc', 'repeats itself'],
  ['an example', 'please-change-me-9183', 'everybody knows'],
  ["a server image's own", 'minioadmin-minioadmin1', 'everybody knows'],
])('production refuses a weak secret: %s', (_, value, why) => {
  expect(config.read({ KEY: value }).KEY.reveal()).toBe(value);
  const refused = () => config.read({ KEY: value, NODE_ENV: 'production' });
  expect(refused).toThrow(why);
  expect(refused).toThrow(/^shop: KEY .* Set a random one: openssl rand -hex 32$/);
});

test('production takes random secrets, and does not mind a default that was not asked for', () => {
  const read = config.read({ KEY: STRONG, NODE_ENV: 'production' });
  expect(read.KEY.reveal()).toBe(STRONG);
  expect(() => config.read({ KEY: STRONG, DEMO_PASSWORD: 'terakoya-demo', NODE_ENV: 'production' })).toThrow(
    'DEMO_PASSWORD has fewer than 16 characters',
  );
});
