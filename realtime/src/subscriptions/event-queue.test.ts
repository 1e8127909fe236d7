import { EventQueue } from './event-queue';

test('gives items in order, and waits for more', async () => {
  const queue = new EventQueue<number>(10, () => undefined);
  for (const item of [1, 2, 3]) queue.push(item);
  const taken = [await queue.take(), await queue.take(), await queue.take()];
  const waiting = queue.take();
  queue.push(4);
  expect([...taken, await waiting]).toEqual([1, 2, 3, 4]);
});

test('ends a waiting reader, with an error or without', async () => {
  const ended = new EventQueue<number>(10, () => undefined);
  const waiting = ended.take();
  ended.end();
  expect(await waiting).toBeUndefined();
  const failed = new EventQueue<number>(10, () => undefined);
  failed.push(1);
  failed.end(new Error('over'));
  await expect(failed.take()).rejects.toThrow('over');
});

test('tells once that the reader is too slow, and gives up what waits', async () => {
  const overflows: string[] = [];
  const queue = new EventQueue<number>(2, () => overflows.push('slow'));
  for (const item of [1, 2]) queue.push(item);
  expect([overflows, queue.hasEnded]).toEqual([[], false]);
  for (const item of [3, 4]) queue.push(item);
  expect([overflows, queue.hasEnded]).toEqual([['slow'], true]);
  expect(await queue.take()).toBeUndefined();
});
