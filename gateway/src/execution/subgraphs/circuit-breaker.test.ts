import { CircuitBreaker } from './circuit-breaker';

const OPTIONS = { failures: 3, pauseMs: 100, longestPauseMs: 300 };

function fail(breaker: CircuitBreaker, times: number): void {
  for (let time = 0; time < times; time += 1) {
    expect(breaker.tryEnter()).toBe(true);
    breaker.failed();
  }
}

test('opens after so many failures in a row, and a success in between starts the count anew', () => {
  const breaker = new CircuitBreaker(
    OPTIONS,
    () => undefined,
    () => 0,
  );
  fail(breaker, 2);
  breaker.succeeded();
  fail(breaker, 2);
  expect(breaker.state).toBe('closed');
  fail(breaker, 1);
  expect([breaker.state, breaker.tryEnter()]).toEqual(['open', false]);
});

test('lets one request try after a pause, and closes when it succeeds', () => {
  let now = 0;
  const breaker = new CircuitBreaker(
    OPTIONS,
    () => undefined,
    () => now,
  );
  fail(breaker, 3);
  now = 99;
  expect(breaker.tryEnter()).toBe(false);
  now = 100;
  expect([breaker.tryEnter(), breaker.state, breaker.tryEnter()]).toEqual([true, 'half-open', false]);
  breaker.succeeded();
  expect([breaker.state, breaker.tryEnter()]).toEqual(['closed', true]);
});

test('waits longer after each try that fails, up to a limit', () => {
  let now = 0;
  const breaker = new CircuitBreaker(
    OPTIONS,
    () => undefined,
    () => now,
  );
  fail(breaker, 3);
  const pauses = [100, 200, 300, 300].map((pause) => {
    now += pause - 1;
    const isEarly = breaker.tryEnter();
    now += 1;
    const isDue = breaker.tryEnter();
    breaker.failed();
    return [isEarly, isDue];
  });
  expect(pauses).toEqual(Array.from({ length: 4 }, () => [false, true]));
});
