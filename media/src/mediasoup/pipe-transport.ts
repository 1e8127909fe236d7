import type { types } from 'mediasoup';

import type { PipeEnd } from '@terakoya/common/contracts';

import { asked } from './failures';

/** One end of a pipe between nodes: encrypted, and what gets lost on the way is sent again. */
export function openPipeTransport(
  router: types.Router,
  listenInfo: types.TransportListenInfo,
): Promise<types.PipeTransport> {
  return asked('room', () => router.createPipeTransport({ listenInfo, enableSrtp: true, enableRtx: true }));
}

/** Where this end is and what it encrypts with. */
export function endOf({ tuple, srtpParameters }: types.PipeTransport): PipeEnd {
  if (!srtpParameters) throw new RangeError('mediasoup gives a pipe with SRTP its key.');
  return { ip: tuple.localAddress, port: tuple.localPort, srtp: srtpParameters };
}

export async function connectPipe(transport: types.PipeTransport, { ip, port, srtp }: PipeEnd): Promise<void> {
  await asked('end', () => transport.connect({ ip, port, srtpParameters: srtp }));
}
