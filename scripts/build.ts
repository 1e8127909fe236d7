/**
 * `npm run build`: compiles everything that runs in production to `dist/`, a mirror of this repository with JavaScript in
 * place of TypeScript, and builds the web app into `dist/app`. `node dist/gateway/src/main.js` then runs without a
 * compiler. `dist` can be moved and copied: nothing in it knows where it lies.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const PACKAGES = [
  'common',
  'observability',
  'gateway',
  'realtime',
  'media',
  'workers',
  ...globSync('subgraphs/*', { cwd: root }),
];
/** Jobs of whoever operates a school; the other scripts are for development. */
const JOBS = ['scripts/operations', 'scripts/backup'];
const ASSETS = [
  'package.json',
  'gateway/*.{graphql,json}',
  'gateway/bin/*.js',
  'realtime/*.graphql',
  'subgraphs/*/schema.graphql',
  '{common,observability,realtime,media,workers}/package.json',
  'subgraphs/*/package.json',
];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const project = join(dist, 'tsconfig.json');
writeFileSync(
  project,
  JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: { noEmit: false, outDir: '.', rootDir: '..', sourceMap: true },
    include: [...PACKAGES, ...JOBS].map((name) => `../${name}`),
    exclude: ['../**/node_modules', '../**/*.test.ts', '../**/tests', '../common/testkit'],
  }),
);
execFileSync('tsc', ['-p', project], { cwd: root, stdio: 'inherit' });
rmSync(project);

for (const file of globSync(ASSETS, { cwd: root })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  cpSync(join(root, file), join(dist, file));
}

/** Our own packages are found beside each other in `dist`, everything else in the repository's node_modules. */
const links = join(dist, 'node_modules', '@terakoya');
mkdirSync(links, { recursive: true });
for (const name of PACKAGES) {
  symlinkSync(relative(links, join(dist, name)), join(links, name.split('/').at(-1) ?? name));
}

/** The web app asks the GraphQL URL of whatever host it was loaded from: one build serves every school. */
execFileSync('next', ['build', 'web'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_OUTPUT: 'standalone',
    NEXT_PUBLIC_GRAPHQL_URL: process.env['NEXT_PUBLIC_GRAPHQL_URL'] ?? '/graphql',
  },
});
const app = join(dist, 'app');
cpSync(join(root, 'web/.next/standalone'), app, { recursive: true, verbatimSymlinks: true });
cpSync(join(root, 'web/.next/static'), join(app, 'web/.next/static'), { recursive: true });

for (const main of [
  'gateway/src/main.js',
  'gateway/src/standalone/main.js',
  'realtime/src/main.js',
  'media/src/main.js',
  'workers/notes-worker/main.js',
  'workers/recording-worker/main.js',
  'subgraphs/notes/src/main.js',
  'scripts/operations/migrate/main.js',
  'scripts/backup/main.js',
  'common/health-check/main.js',
  'app/web/server.js',
]) {
  if (!existsSync(join(dist, main))) throw new Error(`${main} was not built`);
}
console.log(`Built to ${dist}`);
