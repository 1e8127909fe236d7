import { createHmac } from 'node:crypto';

import { Secret } from '@terakoya/common/config';

import { createIceServers } from './turn';

const secret = new Secret('a-secret-of-coturn');
const at = (servers: string | undefined) => createIceServers({ servers, secret, lifetimeSeconds: 60 }, () => 1_000_500);

test('credentials end in time, are a user’s own, and are signed as coturn checks them', () => {
  const [server] = at('turn.example.org')('user-1');
  expect(server?.username).toBe('1060:user-1');
  expect(server?.credential).toBe(createHmac('sha1', secret.reveal()).update('1060:user-1').digest('base64'));
});

test.each([
  ['h', ['turn:h:3478?transport=udp', 'turn:h:3478?transport=tcp', 'turns:h:443?transport=tcp']],
  ['h:5000', ['turn:h:5000?transport=udp', 'turn:h:5000?transport=tcp']],
  ['turns:h:443, turn:i', ['turns:h:443', 'turn:i']],
  ['[::1]:3478', ['turn:[::1]:3478?transport=udp', 'turn:[::1]:3478?transport=tcp']],
])('%s stands for %j', (servers, urls) => {
  expect(at(servers)('u')[0]?.urls).toEqual(urls);
});

test('without a server there is none; without its secret the start ends', () => {
  expect(at(undefined)('u')).toEqual([]);
  const options = { servers: 'h', secret: undefined, lifetimeSeconds: 60 };
  expect(() => createIceServers(options)).toThrow('TURN_SECRET');
});
