import type { IncomingMessage } from 'node:http';

import { createClientAddress } from './client-address';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as never; // all it reads

test.each([
  ['nobody is trusted', [], '10.0.0.1', '1.2.3.4', '10.0.0.1'],
  ['the proxy is trusted', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['another proxy is not', ['10.0.0.0/8'], '11.0.0.1', '1.2.3.4', '11.0.0.1'],
  ['a client lies before its address', ['10.0.0.1'], '10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
  ['two proxies', ['10.0.0.0/8'], '10.0.0.1', '9.9.9.9, 1.2.3.4, 10.0.0.7', '1.2.3.4'],
  ['the header is no address', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
  ['there is no header', ['10.0.0.0/8'], '10.0.0.1', undefined, '10.0.0.1'],
  ['all are proxies', ['10.0.0.0/8'], '10.0.0.1', '10.0.0.2', '10.0.0.2'],
  ['IPv4 in IPv6 form', ['10.0.0.0/8'], '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
  ['IPv6 is its /64', [], '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['IPv6 shortened', [], '2001:db8::6', undefined, '2001:db8:0:0::/64'],
  ['IPv6 proxy', ['::1'], '::1', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
])('%s', (_what, trusted, remote, forwarded, expected) => {
  expect(createClientAddress(trusted)(request(remote, forwarded))).toBe(expected);
});

test('an entry that is no address stops the start', () => {
  expect(() => createClientAddress(['proxy.example'])).toThrow('TRUSTED_PROXIES: proxy.example');
});
