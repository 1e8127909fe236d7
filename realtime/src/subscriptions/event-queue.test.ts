import { EventQueue } from './event-queue';

test('gives items in order, those that were before first, and waits for more', async () => {
  const queue = new EventQueue<number>(10, () => undefined);
  queue.push(3);
  queue.prepend([1, 2]);
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
  queue.prepend([1, 2, 3]);
  for (const item of [4, 5]) queue.push(item);
  expect(overflows).toEqual([]);
  for (const item of [6, 7]) queue.push(item);
  expect(overflows).toEqual(['slow']);
  expect(await queue.take()).toBeUndefined();
});
