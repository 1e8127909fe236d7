import { Secret } from '../config';
import { readFaultSwitches } from '../faults';
import { createHttpHost, sendJson } from '.';
import { installFaultDoor } from './fault-door';

const SECRET = 'a-secret-for-breaking-things-on-purpose';
const host = createHttpHost({
  service: 'breakable',
  host: '127.0.0.1',
  port: 0,
  handle: async (_request, response) => sendJson(response, 200, { date: new Date().getTime() }),
});
let base = '';

const faultsAt = (path: string, method = 'GET', body?: object, secret = SECRET) =>
  fetch(`${base}/faults${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

beforeAll(async () => {
  base = `http://127.0.0.1:${(await host.start()).port}`;
});
afterAll(() => host.close());

test('there is no door where none was installed', async () => {
  expect(await (await faultsAt('')).json()).toHaveProperty('date');
});

describe('with the door', () => {
  beforeAll(() => installFaultDoor(new Secret(SECRET), undefined));
  afterEach(async () => {
    const { active } = (await (await faultsAt('')).json()) as { active: { kind: string }[] };
    for (const { kind } of active) await faultsAt(`/${kind}`, 'DELETE');
  });

  test('nobody passes without the secret', async () => {
    expect((await faultsAt('', 'GET', undefined, 'another')).status).toBe(401);
    expect((await fetch(`${base}/faults/slow`, { method: 'PUT' })).status).toBe(401);
  });

  test('requests fail while the fault is on, and not after it', async () => {
    expect((await faultsAt('/failing', 'PUT', { seconds: 60 })).status).toBe(200);
    expect((await fetch(base)).status).toBe(500);
    expect((await fetch(`${base}/health`)).status).toBe(200);
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('terakoya_fault_active{fault="failing"} 1');
    await faultsAt('/failing', 'DELETE');
    expect((await fetch(base)).status).toBe(200);
  });

  test('requests wait, and the clock is wrong, for as long as it was said', async () => {
    await faultsAt('/slow', 'PUT', { ms: 300 });
    const began = performance.now();
    await fetch(base);
    expect(performance.now() - began).toBeGreaterThanOrEqual(300);
    await faultsAt('/slow', 'DELETE');

    const before = Date.now();
    await faultsAt('/clock-skew', 'PUT', { skewSeconds: 3_600, seconds: 1 });
    const { date } = (await (await fetch(base)).json()) as { date: number };
    expect(date - before).toBeGreaterThanOrEqual(3_600_000);
    await faultsAt('/clock-skew', 'DELETE');
    expect(Date.now() - before).toBeLessThan(60_000);
  });

  test('what is wrong is named', async () => {
    const refused = async (path: string, body: object) => [
      (await faultsAt(path, 'PUT', body)).status,
      ((await (await faultsAt(path, 'PUT', body)).json()) as { error: { message: string } }).error.message,
    ];
    expect(await refused('/slow', { ms: -1 })).toEqual([400, expect.stringMatching(/^ms: /)]);
    expect(await refused('/slow', { seconds: 100_000 })).toEqual([400, expect.stringMatching(/^seconds: /)]);
    expect(await refused('/media-worker-death', {})).toEqual([400, expect.stringContaining('only slow, failing')]);
  });
});

test('production refuses a secret for faults unless it is meant', () => {
  const production = { NODE_ENV: 'production', FAULT_SECRET: SECRET };
  expect(() => readFaultSwitches(production)).toThrow('FAULTS_IN_PRODUCTION');
  expect(readFaultSwitches({ ...production, FAULTS_IN_PRODUCTION: 'true' }).secret?.reveal()).toBe(SECRET);
  expect(readFaultSwitches({ NODE_ENV: 'production' }).secret).toBeUndefined();
});
