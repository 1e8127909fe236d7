#!/usr/bin/env node
/** Runs the standalone gateway: in `dist` what was compiled there, in a clone the source itself. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const main = join(__dirname, '..', 'src', 'standalone', 'main');

if (existsSync(`${main}.js`)) {
  require(main);
} else {
  const run = join(__dirname, '..', '..', 'scripts', 'run.mjs');
  process.argv.splice(1, 1, run, `${main}.ts`);
  void import(pathToFileURL(run).href);
}
