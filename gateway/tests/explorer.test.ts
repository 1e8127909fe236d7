import { type Browser, type Page, chromium } from 'playwright-core';

import type { Service } from '@terakoya/common/lifecycle';
import { requireTool } from '@terakoya/common/system-tools';
import { CHROMIUM_FLAGS } from '@terakoya/common/testkit';

import { openGateway, tokenFor } from './open-gateway';
import { type TinyGraph, startTinyGraph } from './tiny-graph';

let graph: TinyGraph;
let service: Service;
let base = '';
let browser: Browser;

beforeAll(async () => {
  graph = await startTinyGraph();
  ({ service, base } = await openGateway(graph));
  const { command, env } = await requireTool('chromium', {
    report: (line) => void process.stderr.write(`  ${line}\n`),
  });
  browser = await chromium.launch({
    executablePath: command,
    headless: true,
    args: [...CHROMIUM_FLAGS],
    env: { ...process.env, ...env },
  });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await service.close();
  await graph.close();
});

/** The explorer with an operation and headers in its editors, and everything the page asked for. */
async function open(query: string, authorization: string, prepare?: (page: Page) => Promise<void>) {
  const page = await browser.newPage();
  const asked: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await prepare?.(page);
  const introspected = page.waitForResponse(async (response) => (await response.text()).includes('"__schema"'));
  await page.goto(`${base}/graphql?query=${encodeURIComponent(query)}`);
  await introspected;
  const headers = page.locator('.graphiql-editor-tool .monaco-editor:visible');
  await headers.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`{ "authorization": "${authorization}" `); // the editor closes the brace itself
  return { page, asked, problems };
}

const run = (page: Page) => page.getByRole('button', { name: /Execute query/ }).click();
const answer = (page: Page, text: string) =>
  page.locator('.graphiql-response', { hasText: text }).waitFor({ timeout: 20_000 });

test('knows the schema, sends the Authorization header, and asks no other server for anything', async () => {
  const query = 'query Me { whoAmI lamps { shade { colour } } }';
  const { page, asked, problems } = await open(query, `Bearer ${tokenFor()}`);
  expect(await page.getByText('Schema reference (SDL)').getAttribute('href')).toBe('schema.graphql');
  await run(page);
  await answer(page, 'colour of a');
  expect(await page.locator('.graphiql-response').innerText()).toContain('u1');
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByText('Root Types').waitFor();
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(`${base}/`))).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

test('subscribes on the same URL with the token in the connection', async () => {
  const received: unknown[] = [];
  const mock = (page: Page) =>
    page.routeWebSocket(`${base.replace('http', 'ws')}/graphql`, (socket) => {
      const send = (message: object) => socket.send(JSON.stringify(message));
      socket.onMessage((text) => {
        const message = JSON.parse(String(text));
        received.push(message);
        if (message.type === 'connection_init') send({ type: 'connection_ack' });
        if (message.type !== 'subscribe') return;
        send({ type: 'next', id: message.id, payload: { data: { lampChanged: { kind: 'SEEN' } } } });
      });
    });
  const { page } = await open('subscription { lampChanged(id: 1) { kind } }', 'Bearer abc', mock);
  await run(page);
  await answer(page, 'SEEN');
  expect(received).toMatchObject([
    { type: 'connection_init', payload: { authorization: 'Bearer abc' } },
    { type: 'subscribe', payload: { query: expect.stringContaining('lampChanged') } },
  ]);
  await page.close();
});

test('its files are compressed, and not sent again when they are known', async () => {
  const first = await fetch(`${base}/explorer/graphiql.js`);
  expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
  await first.arrayBuffer();
  const etag = first.headers.get('etag') ?? '';
  expect((await fetch(`${base}/explorer/graphiql.js`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await fetch(`${base}/explorer/other.js`)).status).toBe(404);
});
