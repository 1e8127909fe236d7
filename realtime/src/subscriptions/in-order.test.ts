import { inOrder } from './in-order';

/** Items whose preparation the test ends when it wants to. */
function lineOf(items: readonly string[]) {
  const waiting = items.values();
  const prepared = new Map(items.map((item) => [item, Promise.withResolvers<string>()]));
  const begun: string[] = [];
  const handedOn: string[] = [];
  const line = {
    take: async () => waiting.next().value,
    prepare: (item: string) => {
      begun.push(item);
      return prepared.get(item)?.promise ?? Promise.reject(new Error(item));
    },
    handOn: (item: string, result: string) => void handedOn.push(`${item}${result}`),
  };
  return {
    line,
    begun,
    handedOn,
    end: (item: string) => prepared.get(item)?.resolve('!'),
    fail: (item: string) => prepared.get(item)?.reject(new Error(item)),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('prepares some ahead and hands on in the order they came', async () => {
  const { line, begun, handedOn, end } = lineOf(['a', 'b', 'c', 'd']);
  const done = inOrder(line, 3);
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('c');
  end('b');
  await turn();
  expect([begun, handedOn]).toEqual([['a', 'b', 'c'], []]);
  end('a');
  await turn();
  expect([begun, handedOn]).toEqual([
    ['a', 'b', 'c', 'd'],
    ['a!', 'b!', 'c!'],
  ]);
  end('d');
  await done;
  expect(handedOn.at(-1)).toBe('d!');
});

test('throws the first failure, and hands on nothing behind it', async () => {
  const { line, handedOn, end, fail } = lineOf(['a', 'b', 'c']);
  const done = inOrder(line, 3);
  end('a');
  end('c');
  await turn();
  fail('b');
  await expect(done).rejects.toThrow('b');
  expect(handedOn).toEqual(['a!']);
});
