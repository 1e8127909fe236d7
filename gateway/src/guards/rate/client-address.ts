import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

import { ConfigurationError } from '@terakoya/common/errors';

/** Tells the address of the client behind a request. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The address of whoever is connected; when that is a trusted proxy, the last address of `x-forwarded-for` that is none.
 * What stands before it could be anything: a client may send the header too. An IPv6 client is its /64, which is what
 * one customer has. `trusted` are addresses and networks (`10.0.0.0/8`).
 */
export function createClientAddress(trusted: readonly string[]): ClientAddress {
  const proxies = blockListOf(trusted);
  const isTrusted = (address: string): boolean => {
    const family = isIP(address);
    return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '');
    if (trusted.length === 0) return network(address);
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => plain(part.trim()));
    while (isTrusted(address)) {
      const before = forwarded.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return network(address);
  };
}

function blockListOf(trusted: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) throw new ConfigurationError(`TRUSTED_PROXIES: ${entry} is no address and no network.`);
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 6 ? 128 : 32) : Number(bits), kind);
  }
  return list;
}

/** An IPv4 address in IPv6 form is that IPv4 address. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  if (address.includes('::')) while (groups.length + after.length < 8) groups.push('0');
  return `${[...groups, ...after].slice(0, 4).join(':')}::/64`;
}
