/** `npm start`: brings the whole school up, prints where it is, and drains it on Ctrl-C. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';

import { ConfigurationError, messageOf } from '@terakoya/common/errors';

import { ROOT } from './services';
import { School } from './school';
import { welcomeTable } from './welcome';

const began = Date.now();
const envFile = join(ROOT, '.env');
if (existsSync(envFile)) loadEnvFile(envFile);

const report = (line: string): void => console.log(`  ${line}`);
let school: School | undefined;
let closing = false;

async function stop(why: string, exitCode: number): Promise<void> {
  if (closing) return;
  closing = true;
  console.log(`\n${why}: closing the school …`);
  process.exitCode = exitCode;
  try {
    await school?.close();
    console.log('Everything is closed.');
  } catch (error) {
    console.error(`Not everything could be closed: ${messageOf(error)}`);
    process.exitCode = 1;
  }
  if (process.connected) process.disconnect();
}

async function start(): Promise<void> {
  console.log('Terakoya starts …');
  school = new School({ environment: process.env, report });
  await school.start();
  console.log(await welcomeTable(school, (Date.now() - began) / 1000));
}

process.on('SIGINT', () => void stop('Ctrl-C', 0));
process.on('SIGTERM', () => void stop('Asked to end', 0));
process.on('SIGHUP', () => void stop('The terminal was closed', 0));
process.on('disconnect', () => void stop('The starting process ended', 0));

start().catch(async (error: unknown) => {
  if (closing) return;
  console.error(error instanceof ConfigurationError ? error.message : error);
  await stop('The start failed', 1);
});
