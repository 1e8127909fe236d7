import { readFileSync } from 'node:fs';

/** Packets that the system threw away because a socket's buffer was full, by the socket's port (/proc/net/udp, last column). */
export function udpDropsOf(ports: ReadonlySet<number>): number {
  const lines = readFileSync('/proc/net/udp', 'utf8').trim().split('\n').slice(1);
  return lines.reduce((sum, line) => {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16);
    return ports.has(port) ? sum + Number(fields.at(-1)) : sum;
  }, 0);
}
