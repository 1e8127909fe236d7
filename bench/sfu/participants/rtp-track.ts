import { AUDIO, AUDIO_LEVEL_ID, type TrackKind, VIDEO } from '../tracks';

const HEADER_BYTES = 12;
const EXTENSION_BYTES = 8;
/** In dBov, of who speaks and who does not (RFC 6464). */
const LOUD = 20;
const QUIET = 90;
/** The next one speaks after so long. */
const SPEECH_MS = 4_000;
const SPEAKERS = 20;

/** The packets of one RTP stream (RFC 3550), as an encoder would give them but for what is in them. */
export class RtpTrack {
  sent = 0;
  #sequence = 1;
  #ticks = 0;
  #frame: number;

  constructor(
    readonly kind: TrackKind,
    private readonly ssrc: number,
    /** The sender's number in its room: senders take turns to speak and to send a key frame. */
    private readonly index: number,
  ) {
    this.#frame = (index * 7) % VIDEO.framesToKeyFrame;
  }

  /** The packets of the next 20 ms of sound or of the next frame. */
  next(now: number): Buffer[] {
    const packets = this.kind === 'audio' ? [this.#sound(now)] : this.#picture();
    this.sent += packets.length;
    return packets;
  }

  #sound(now: number): Buffer {
    this.#ticks = (this.#ticks + 48 * AUDIO.everyMs) >>> 0;
    const packet = this.#packet(EXTENSION_BYTES + AUDIO.payloadBytes, AUDIO.payloadType, false);
    packet.writeUInt8(0x90, 0); // version 2, with a header extension
    packet.writeUInt32BE(0xbede_0001, HEADER_BYTES); // one-byte headers, one word (RFC 8285)
    packet.writeUInt8(AUDIO_LEVEL_ID << 4, HEADER_BYTES + 4);
    const isSpeaking = Math.floor(now / SPEECH_MS) % SPEAKERS === this.index % SPEAKERS;
    packet.writeUInt8(isSpeaking ? 0x80 | LOUD : QUIET, HEADER_BYTES + 5);
    return packet;
  }

  #picture(): Buffer[] {
    this.#ticks = (this.#ticks + 90_000 / 30) >>> 0;
    const isKeyFrame = this.#frame === 0;
    this.#frame = (this.#frame + 1) % VIDEO.framesToKeyFrame;
    const count = isKeyFrame ? VIDEO.packetsOfKeyFrame : VIDEO.packetsOfFrame;
    return Array.from({ length: count }, (_none, part) => {
      const packet = this.#packet(VIDEO.packetBytes - HEADER_BYTES, VIDEO.payloadType, part === count - 1);
      packet.writeUInt8(part === 0 ? 0x10 : 0x00, HEADER_BYTES); // VP8 payload descriptor (RFC 7741): the frame begins
      if (part === 0) packet.writeUInt8(isKeyFrame ? 0x10 : 0x11, HEADER_BYTES + 1); // shown; 1: it refers to others
      return packet;
    });
  }

  #packet(bytes: number, payloadType: number, isLast: boolean): Buffer {
    const packet = Buffer.alloc(HEADER_BYTES + bytes);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8((isLast ? 0x80 : 0) | payloadType, 1);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(this.#ticks, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return packet;
  }
}
