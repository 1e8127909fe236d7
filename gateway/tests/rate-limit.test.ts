import type { Service } from '@terakoya/common/lifecycle';
import { createTestRedis, eventually, startOwnRedis } from '@terakoya/common/testkit';

import { post, signedIn } from './ask';
import { type GuardedGraph, startGuardedGraph } from './guarded-graph';
import { type OpenGatewayOptions, openGateway } from './open-gateway';

let graph: GuardedGraph;
const services: Service[] = [];

beforeAll(async () => {
  graph = await startGuardedGraph();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  graph.asked.length = 0;
});
afterAll(() => graph.close());

const WIDE: OpenGatewayOptions = { limits: { rootFields: 100, aliases: 100 } };

async function open(environment: Record<string, string>, redis: { redisUrl: string; prefix: string } | null) {
  const shared: Record<string, string> = redis ? { REDIS_URL: redis.redisUrl, REDIS_PREFIX: redis.prefix } : {};
  const { base, service } = await openGateway(graph, { ...shared, ...environment }, WIDE);
  services.push(service);
  if (redis) await eventually(async () => expect(await awayCount(base)).toBe(await awayAfter(base)));
  return base;
}

/** Decisions made without Redis; a gateway that has just started may not be connected to it yet. */
async function awayCount(base: string): Promise<number> {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  return Number(/^terakoya_gateway_rate_store_away_total (\d+)/m.exec(metrics)?.[1] ?? 0);
}
async function awayAfter(base: string): Promise<number> {
  await post(base, { query: '{ open }' });
  return awayCount(base);
}

const guesses = (count: number) =>
  `mutation { ${Array.from({ length: count }, (_, index) => `a${index}: signIn(password: "guess")`).join(' ')} }`;
const tried = () => graph.asked.filter((what) => what.startsWith('signIn')).length;

describe.each([
  ['shared in Redis', () => createTestRedis()],
  ['in one process', () => null],
])('attempts at signing in, %s', (_where, redis) => {
  const limit = { ATTEMPTS_PER_ADDRESS: '10' };

  test('fifty aliases in one request are refused before any is tried', async () => {
    const base = await open(limit, redis());
    const { status, body, headers } = await post(base, { query: guesses(50) });
    expect([status, body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit-policy')).toContain('"attempts";q=10;w=900');
    expect(tried()).toBe(0);
    expect((await post(base, { query: guesses(10) })).status).toBe(200);
    expect([tried(), (await post(base, { query: guesses(1) })).status]).toEqual([10, 429]);
  });

  test('fifty in a batch are no more than ten', async () => {
    const base = await open({ ...limit, MAX_BATCH: '60' }, redis());
    const { body } = await post(
      base,
      Array.from({ length: 50 }, () => ({ query: guesses(1) })),
    );
    const codes = body.map(
      (entry: { errors?: { extensions: { code: string } }[] }) => entry.errors?.[0]?.extensions.code,
    );
    expect(codes.filter((code: string | undefined) => code === 'RATE_LIMITED')).toHaveLength(40);
    expect(tried()).toBe(10);
  });

  test('fifty requests at once are no more than ten, and another field has a count of its own', async () => {
    const base = await open(limit, redis());
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(base, { query: guesses(1) })));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
    expect(tried()).toBe(10);
    expect((await post(base, { query: 'mutation { signUp(password: "x") }' })).status).toBe(200);
  });

  test('fragments and directives hide no attempt', async () => {
    const base = await open(limit, redis());
    const fields = Array.from({ length: 11 }, (_, index) => `b${index}: signIn(password: "guess")`).join(' ');
    const query = `mutation ($no: Boolean = true) { ...F @include(if: $no) } fragment F on Mutation { ... { ${fields} } }`;
    expect([(await post(base, { query })).status, tried()]).toEqual([429, 0]);
  });
});

test('a limit that two gateways share is one limit', async () => {
  const redis = createTestRedis();
  const [one, two] = [
    await open({ ATTEMPTS_PER_ADDRESS: '4' }, redis),
    await open({ ATTEMPTS_PER_ADDRESS: '4' }, redis),
  ];
  const statuses = [];
  for (let index = 0; index < 3; index += 1) {
    statuses.push((await post(one, { query: guesses(1) })).status, (await post(two, { query: guesses(1) })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
});

test('cost is what is paid, per user and per address; headers tell what is left', async () => {
  const base = await open({ RATE_LIMIT_PER_USER: '20', RATE_LIMIT_PER_ADDRESS: '1000' }, createTestRedis());
  const expensive = { query: '{ items { neighbours { id } } }' }; // 3 × (1 + 2 × 1)
  const first = await post(base, expensive, signedIn('STUDENT', 'u1'));
  expect(first.headers.get('ratelimit-policy')).toBe('"user";q=20;w=60, "address";q=1000;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"user";r=11;t=27, "address";r=9\d\d;t=1$/);
  expect((await post(base, expensive, signedIn('STUDENT', 'u1'))).status).toBe(200);
  const third = await post(base, expensive, signedIn('STUDENT', 'u1'));
  expect([third.status, third.body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
  expect(third.body.errors[0].extensions.retryAfterSeconds).toBe(Number(third.headers.get('retry-after')));
  expect((await post(base, expensive, signedIn('STUDENT', 'u2'))).status).toBe(200);
  expect((await post(base, { query: '{ open }' }, signedIn('STUDENT', 'u1'))).status).toBe(200);
});

test('a busy user is not asked about at every request, and still gets no more than the limit', async () => {
  const base = await open({ RATE_LIMIT_PER_USER: '400', RATE_LIMIT_PER_ADDRESS: '0' }, createTestRedis());
  const began = performance.now();
  let passed = 0;
  for (let round = 0; round < 30; round += 1) {
    const headers = signedIn('STUDENT', 'busy');
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(base, { query: '{ open }' }, headers)));
    passed += answers.filter(({ status }) => status === 200).length;
  }
  const refilled = Math.ceil(((performance.now() - began) / 60_000) * 400);
  expect(passed).toBeLessThanOrEqual(400 + refilled);
  expect(passed).toBeGreaterThan(380);
});

test('refused documents are paid for too', async () => {
  const base = await open({ RATE_LIMIT_PER_ADDRESS: '12' }, null);
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push((await post(base, { query: '{ nothing of this }' })).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test('while Redis is away the process keeps the limits by itself, says so, and takes Redis again', async () => {
  const own = await startOwnRedis();
  const base = await open({ ATTEMPTS_PER_ADDRESS: '3' }, { redisUrl: own.url, prefix: 'away' });
  const before = await awayCount(base);
  await own.kill();
  const began = performance.now();
  const statuses = [];
  for (let index = 0; index < 5; index += 1) statuses.push((await post(base, { query: guesses(1) })).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(await awayCount(base)).toBeGreaterThan(before);
  const again = await startOwnRedis(Number(new URL(own.url).port));
  try {
    await eventually(async () => expect((await post(base, { query: guesses(1) })).status).toBe(200));
  } finally {
    await Promise.all(services.splice(0).map((service) => service.close()));
    await again.kill();
  }
});
