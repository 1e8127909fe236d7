/**
 * Require hook that compiles our TypeScript with swc, so that development needs no build.
 * Results are kept in node_modules/.cache, keyed by the source's hash: a second start compiles nothing.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module, enableCompileCache } = require('node:module');
const { join } = require('node:path');

const options = require('./swc-options');

const cacheFolder = join(__dirname, '..', 'node_modules', '.cache', 'terakoya-swc');
const salt = JSON.stringify(options) + process.version;

enableCompileCache(join(__dirname, '..', 'node_modules', '.cache', 'node-compile'));
mkdirSync(cacheFolder, { recursive: true });

function compile(source, filename) {
  const key = createHash('sha256').update(salt).update(filename).update('\0').update(source).digest('hex');
  const cached = join(cacheFolder, `${key}.js`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, {
      ...options,
      filename,
      configFile: false,
      swcrc: false,
    });
    const temporary = `${cached}.${process.pid}.tmp`;
    writeFileSync(temporary, code);
    renameSync(temporary, cached);
    return code;
  }
}

Module._extensions['.ts'] = (module, filename) => {
  module._compile(compile(readFileSync(filename, 'utf8'), filename), filename);
};
