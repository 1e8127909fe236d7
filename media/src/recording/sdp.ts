import type { RtpCodec } from './track-source';

/** What can be recorded: what ffmpeg 5.1 takes out of RTP and into Matroska as it is. It knows no AV1 in RTP. */
const RECORDABLE = new Set(['audio/opus', 'video/vp8', 'video/vp9', 'video/h264']);

export function isRecordable(mimeType: string): boolean {
  return RECORDABLE.has(mimeType.toLowerCase());
}

/** The session description (RFC 8866) by which ffmpeg receives one track on a port of this machine, from this machine only. */
export function sdpOf({ mimeType, payloadType, clockRate, channels, parameters }: RtpCodec, port: number): string {
  const [kind = '', encoding = ''] = mimeType.split('/');
  const format = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'a=source-filter: incl IN IP4 127.0.0.1 127.0.0.1',
    `m=${kind} ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${encoding}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
    ...(format.length === 0 ? [] : [`a=fmtp:${payloadType} ${format.join(';')}`]),
    '',
  ].join('\r\n');
}
