import { RateLimit } from './rate-limit';

test('each user comes so often within a while, and hears when to come again', () => {
  let time = 0;
  const limit = new RateLimit({ perUser: 2, windowMs: 1_000 }, () => time);
  limit.count('a');
  time = 400;
  limit.count('a');
  expect(() => limit.count('a')).toThrow(
    expect.objectContaining({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 1 } }),
  );
  limit.count('b');
  time = 1_001;
  limit.count('a');
  expect(() => limit.count('a')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
});
