import { Gate } from './gate';

const open = (options: Partial<ConstructorParameters<typeof Gate>[0]> = {}, now = () => 0) =>
  new Gate({ atOnce: 1, waiting: 1, waitingMs: 10_000, perUser: 2, windowMs: 1_000, ...options }, now);
const passes = async () => 'in';

test('so many come through at a time, so many wait in their order, the next is told to come later', async () => {
  const gate = open();
  const held = Promise.withResolvers<string>();
  const first = gate.pass('a', () => held.promise);
  const second = gate.pass('b', passes);
  await expect(gate.pass('c', passes)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  held.resolve('in');
  expect(await Promise.all([first, second])).toEqual(['in', 'in']);
  expect(await gate.pass('d', passes)).toBe('in');
});

test('nobody waits for ever', async () => {
  const gate = open({ waitingMs: 10 });
  const held = Promise.withResolvers<string>();
  const first = gate.pass('a', () => held.promise);
  await expect(gate.pass('b', passes)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const third = gate.pass('c', passes);
  held.resolve('in');
  expect(await Promise.all([first, third])).toEqual(['in', 'in']);
});

test('a failure leaves its place', async () => {
  const gate = open();
  await expect(gate.pass('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.pass('b', passes)).toBe('in');
});

test('one user comes so often within a while', async () => {
  let time = 0;
  const gate = open({}, () => time);
  await gate.pass('a', passes);
  time = 400;
  await gate.pass('a', passes);
  await expect(gate.pass('a', passes)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterSeconds: 1 },
  });
  expect(await gate.pass('b', passes)).toBe('in');
  time = 1_001;
  expect(await gate.pass('a', passes)).toBe('in');
});
