/**
 * `npm run dashboards`: writes `observability/grafana/dashboards/*.json` from `observability/dashboards/`. With `--check`
 * nothing is written and a difference is an error.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { BOARDS } from '../observability/dashboards/boards';
import { dashboardFile } from '../observability/dashboards/dashboard-text';

const folder = join(__dirname, '..', 'observability', 'grafana', 'dashboards');
mkdirSync(folder, { recursive: true });

const files = BOARDS.map(dashboardFile);
const names = new Set(files.map(({ name }) => name));
const different = files.filter(({ name, text }) => {
  const file = join(folder, name);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
const left = readdirSync(folder).filter((name) => !names.has(name));

if (process.argv.includes('--check')) {
  const wrong = [...different.map(({ name }) => name), ...left];
  if (wrong.length > 0) console.error(`${wrong.join(', ')}: run \`npm run dashboards\` and commit what it writes.`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  for (const { name, text } of different) writeFileSync(join(folder, name), text);
  for (const name of left) rmSync(join(folder, name));
  console.log(`${files.length} dashboards: ${different.length} written, ${left.length} removed`);
}
