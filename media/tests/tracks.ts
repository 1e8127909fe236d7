import type { RtpParameters } from '@terakoya/common/contracts';

/** Each sender needs SSRCs of its own. */
let nextSsrc = 10_000;

/** What a browser sends for a microphone. */
export function opus(): RtpParameters {
  return {
    mid: '0',
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
      },
    ],
    encodings: [{ ssrc: (nextSsrc += 2) }],
    rtcp: { cname: `cname-${nextSsrc}` },
  };
}

/** What a browser sends for a camera: VP8 in three sizes. */
export function vp8Simulcast(): RtpParameters {
  const rtcpFeedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }];
  return {
    mid: '1',
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtcpFeedback },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
    ],
    encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: `cname-${nextSsrc}` },
  };
}
