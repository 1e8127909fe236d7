import { Tokens } from './tokens';

const at = (ms: number): string => new Date(ms).toISOString();

test('a token is renewed once, shortly before it expires, however many ask at a time', async () => {
  let now = 0;
  const renewed: string[] = [];
  const tokens = new Tokens(
    async (refreshToken) => {
      renewed.push(refreshToken);
      return { accessToken: 'second', accessTokenExpiresAt: at(now + 600_000), refreshToken: 'r2' };
    },
    () => now,
  );
  expect(await tokens.accessToken()).toBeNull();
  tokens.use({ accessToken: 'first', accessTokenExpiresAt: at(600_000), refreshToken: 'r1' });
  now = 539_000;
  expect(await tokens.accessToken()).toBe('first');
  now = 541_000;
  expect(await Promise.all([tokens.accessToken(), tokens.accessToken()])).toEqual(['second', 'second']);
  expect(renewed).toEqual(['r1']);
});

test('a token that cannot be renewed is used on, and it is tried again soon', async () => {
  let now = 0;
  let tries = 0;
  const refuse = async (): Promise<never> => {
    tries += 1;
    throw new Error('no connection');
  };
  const tokens = new Tokens(refuse, () => now);
  tokens.use({ accessToken: 'first', accessTokenExpiresAt: at(600_000), refreshToken: 'r1' });
  now = 560_000;
  expect(await tokens.accessToken()).toBe('first');
  expect(await tokens.accessToken()).toBe('first');
  now = 564_000;
  expect(await tokens.accessToken()).toBe('first');
  expect(tries).toBe(2);
});

test('a clock that is far ahead does not renew at each request', async () => {
  let tries = 0;
  const renew = async () => {
    tries += 1;
    return { accessToken: 'other', accessTokenExpiresAt: at(0), refreshToken: 'r2' };
  };
  const tokens = new Tokens(renew, () => 9e12);
  tokens.use({ accessToken: 'first', accessTokenExpiresAt: at(0), refreshToken: 'r1' });
  expect(await tokens.accessToken()).toBe('first');
  expect(tries).toBe(0);
});
