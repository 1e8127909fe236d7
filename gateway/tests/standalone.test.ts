import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Service } from '@terakoya/common/lifecycle';
import { eventually } from '@terakoya/common/testkit';

import { readOptions, usage } from '../src/standalone/options';
import { createStandaloneGateway } from '../src/standalone/service';
import { startForeignGraph } from './foreign-graph';

const BIN = join(__dirname, '..', 'bin', 'terakoya-gateway.js');
type ForeignGraph = Awaited<ReturnType<typeof startForeignGraph>>;
let graph: ForeignGraph;

beforeAll(async () => {
  graph = await startForeignGraph();
});
afterAll(() => graph.close());

const create = (...args: string[]): Service => createStandaloneGateway(readOptions(args));
const flags = () => ['--supergraph', graph.file, '--port', '0', '--log-level', 'error'];
const withBirds = () => [...flags(), '--url', `birds=${graph.birds.url}`];

async function ask(port: number, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return JSON.parse(await response.text());
}

describe('in front of a foreign graph', () => {
  let service: Service;
  let port = 0;

  beforeAll(async () => {
    service = create(...withBirds());
    ({ port } = await service.start());
  });
  afterAll(() => service.close());

  test('joins fields of subgraphs found by the supergraph and by --url', async () => {
    expect(await ask(port, '{ trees { kind birds } }')).toEqual({
      data: { trees: [{ kind: 'oak', birds: ['owl of 1'] }] },
    });
  });

  test('passes authorization and traceparent on as they are, and no identity of a school', async () => {
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    await ask(port, '{ trees { birds } }', { authorization: 'Basic dXNlcjpwYXNz', traceparent });
    for (const { seen } of [graph.trees, graph.birds]) {
      expect(seen.at(-1)).toMatchObject({ authorization: 'Basic dXNlcjpwYXNz', traceparent });
      expect(seen.at(-1)).not.toHaveProperty('x-terakoya-identity');
    }
    await ask(port, '{ trees { kind } }');
    expect(graph.trees.seen.at(-1)).not.toHaveProperty('authorization');
  });

  test('tells the schema', async () => {
    const { data } = await ask(port, '{ __type(name: "Tree") { fields { name } } }');
    expect(data.__type.fields).toEqual([{ name: 'id' }, { name: 'birds' }, { name: 'kind' }]);
  });
});

test('a subgraph that is not where the supergraph says costs its own fields only', async () => {
  const service = create(...flags());
  const { port } = await service.start();
  const { data, errors } = await ask(port, '{ first: trees { kind } trees { birds } }');
  await service.close();
  expect(data).toEqual({ first: [{ kind: 'oak' }], trees: [{ birds: null }] });
  expect(errors).toMatchObject([{ path: ['trees', 0, 'birds'], extensions: { code: 'UNAVAILABLE' } }]);
});

test('limits are what the flags say', async () => {
  const service = create(...withBirds(), '--max-depth', '1');
  const { port } = await service.start();
  const { errors } = await ask(port, '{ trees { kind } }');
  await service.close();
  expect(errors[0].extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'depth', maximum: 1 });
});

test.each([
  ['no file', () => [], /--supergraph is missing/],
  ['an unknown flag', () => [...flags(), '--depth', '3'], /Unknown option '--depth'/],
  ['a flag without its value', () => ['--supergraph'], /Option '--supergraph <value>' argument missing/],
  ['a word that is no flag', () => [...flags(), 'start'], /Unexpected argument 'start'/],
  ['a port that is no number', () => [...flags(), '--port', 'x'], /--port is wrong: expected number/],
  ['a depth of nothing', () => [...flags(), '--max-depth', '0'], /--max-depth .*>=1/],
  ['a level that is none', () => [...flags(), '--log-level', 'loud'], /--log-level is wrong/],
  ['a file that is not there', () => ['--supergraph', '/nowhere/s.graphql'], /s\.graphql cannot be read: ENOENT/],
  ['a file of something else', () => ['--supergraph', BIN], /is no supergraph: Syntax Error/],
  [
    'an override of nobody',
    () => [...flags(), '--url', 'cats=http://x'],
    /names cats, but the subgraphs are birds, tre/,
  ],
  ['an override without a URL', () => [...flags(), '--url', 'birds'], /--url birds is not NAME=URL/],
  ['a URL that is none', () => [...flags(), '--url', 'birds=tree'], /the URL of birds is "tree"/],
])('refuses %s with one line', async (_what, args, message) => {
  const start = async () => create(...args()).start();
  const error = await start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ConfigurationError', message: expect.stringMatching(message) });
  expect((error as Error).message).not.toContain('\n');
});

describe('as a program', () => {
  const running: ChildProcess[] = [];
  afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

  function run(...args: string[]) {
    const child = spawn('node', [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    const said = { output: '', errors: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString('utf8')));
    return { child, said, ended: once(child, 'close') };
  }

  test('lets a running request end on SIGTERM', async () => {
    const { child, said, ended } = run(...withBirds(), '--log-level', 'info');
    const ready = () => Number(/"port":(\d+)/.exec(said.output)?.[1]) || Promise.reject(new Error(said.errors));
    const port = await eventually(ready, { timeoutMs: 25_000 });
    const answer = ask(port, '{ slow }');
    await graph.slowAsked;
    child.kill('SIGTERM');
    await eventually(() => expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow());
    graph.release();
    expect(await answer).toEqual({ data: { slow: 'done' } });
    expect((await ended)[0]).toBe(0);
  });

  test('says what is wrong on standard error and exits with 1', async () => {
    const { said, ended } = run('--supergraph', '/nowhere/s.graphql');
    expect((await ended)[0]).toBe(1);
    expect(said).toEqual({ output: '', errors: expect.stringMatching(/^terakoya-gateway: .*cannot be read.*\n$/) });
  });

  test('explains itself', async () => {
    const { said, ended } = run('--help');
    expect((await ended)[0]).toBe(0);
    expect(said).toEqual({ output: usage(), errors: '' });
    expect(usage()).toMatch(/--timeout-ms +how long a subgraph may take for one fetch \(10000\)/);
  });
});
