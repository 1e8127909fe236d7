import type { Logger } from '@terakoya/common/logging';

/** What must never leave a process. */
export const SECRETS = {
  password: 'correct-horse-battery',
  accessToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwdXBpbCJ9.c2lnbmF0dXJl',
  refreshToken: 'refresh-0f9e8d7c6b5a',
  email: 'hanako@school.example',
  note: '光合成は葉緑体で行われる',
  urlPassword: 'hunter2',
  signature: 'a1b2c3d4e5f6',
} as const;

/** Logs each of them where it might stand by mistake. */
export function logSecrets(logger: Logger): void {
  const { password, accessToken, refreshToken, email, note, urlPassword, signature } = SECRETS;
  logger.info({ user: { profile: { email, password } }, page: { content: { text: note } } }, 'nested');
  logger.warn({ headers: { authorization: `Bearer ${accessToken}`, cookie: refreshToken } }, 'headers');
  logger.info({ list: [{ refresh_token: refreshToken }, { 'access-token': accessToken }] }, 'in a list');
  logger.error({ err: withFields(new Error(`no account of ${email}`), { parameters: [note, password] }) }, 'a query');
  logger.error(
    { err: new Error('outer', { cause: withFields(new Error(`Bearer ${accessToken}`), { detail: note }) }) },
    `signing ${email} in`,
  );
  logger.error(withFields(new Error('as the first argument'), { config: { password, note } }));
  logger.warn(
    { url: `https://files.example/x?signature=${signature}&expires=1` },
    `redis://:${urlPassword}@cache:6379`,
  );
  logger.error(
    { err: withFields(new Error(`duplicate key, Key (name)=(${note})`), { severity: 'ERROR', routine: '_bt_check' }) },
    'an error of the database',
  );
}

function withFields(error: Error, fields: object): Error {
  return Object.assign(error, fields);
}
