import { eventually } from './eventually';

test('an assertion is tried until it holds, and gives its value', async () => {
  let tries = 0;
  const value = await eventually(() => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return tries;
  });
  expect(value).toBe(3);
});

test('the last failure is thrown when time is over, an unworthy one at once', async () => {
  let tries = 0;
  const failing = (): never => {
    tries += 1;
    throw new Error(`failure ${tries}`);
  };
  const error: unknown = await eventually(failing, { timeoutMs: 60, everyMs: 10 }).catch((thrown: unknown) => thrown);
  expect(tries).toBeGreaterThan(1);
  expect(error).toEqual(new Error(`failure ${tries}`));
  tries = 0;
  await expect(eventually(failing, { isWorthAnotherTry: () => false })).rejects.toThrow('failure 1');
});
