import type { RtpCapabilities, RtpParameters } from '../../common/contracts';

/*
 * What a participant of the bench sends and takes. Nothing is repaired (no NACK, no RTX): a packet that is lost stays lost and
 * is counted.
 */
export const AUDIO = { payloadType: 111, everyMs: 20, payloadBytes: 80 } as const;
export const AUDIO_LEVEL_ID = 10;
/** 30 frames a second of two packets, and a key frame of ten every three seconds: about 560 kbit/s in 63 packets a second. */
export const VIDEO = {
  payloadType: 96,
  everyMs: 1000 / 30,
  packetBytes: 1_100,
  packetsOfFrame: 2,
  packetsOfKeyFrame: 10,
  framesToKeyFrame: 90,
} as const;

const opus = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const;
const vp8 = {
  mimeType: 'video/VP8',
  clockRate: 90_000,
  rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
};

export type TrackKind = 'audio' | 'video';

export function sentParameters(kind: TrackKind, ssrc: number): RtpParameters {
  const rtcp = { cname: `participant-${ssrc}` };
  const encodings = [{ ssrc }];
  if (kind === 'video') return { codecs: [{ ...vp8, payloadType: VIDEO.payloadType }], encodings, rtcp };
  const headerExtensions = [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: AUDIO_LEVEL_ID }];
  return { codecs: [{ ...opus, payloadType: AUDIO.payloadType }], headerExtensions, encodings, rtcp };
}

export const RECEIVABLE: RtpCapabilities = {
  codecs: [
    { kind: 'audio', preferredPayloadType: AUDIO.payloadType, ...opus },
    { kind: 'video', preferredPayloadType: VIDEO.payloadType, ...vp8 },
  ],
};
