import { VIDEO } from '../tracks';
import { RtpTrack } from './rtp-track';

const MARKER = 0x80;
const VP8_START = 12;

test('a picture is frames of known size whose last packet is marked, and a key frame in its time', () => {
  const track = new RtpTrack('video', 7, 0);
  const frames = Array.from({ length: VIDEO.framesToKeyFrame + 1 }, () => track.next(0));
  const keyFrames = frames.flatMap(([first], index) => ((first?.[VP8_START + 1] ?? 1) & 1 ? [] : [index]));
  expect(keyFrames).toEqual([0, VIDEO.framesToKeyFrame]); // the inverse key frame flag of RFC 6386, 9.1
  for (const frame of frames) {
    expect(frame.map((packet) => packet.length)).toEqual(frame.map(() => VIDEO.packetBytes));
    expect(frame.map((packet) => (packet[1] ?? 0) >= MARKER)).toEqual(frame.map((_one, at) => at === frame.length - 1));
    expect(frame.map((packet) => packet[VP8_START])).toEqual(frame.map((_one, at) => (at === 0 ? 0x10 : 0)));
  }
  const packets = frames.flat();
  expect(track.sent).toBe(packets.length);
  expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual(packets.map((_one, index) => index + 1));
});

test('each sender speaks in its time, and says so in the header extension', () => {
  const levels = (index: number) => {
    const track = new RtpTrack('audio', 7, index);
    return [0, 4_000, 8_000].map((now) => {
      const [packet] = track.next(now);
      expect(packet?.readUInt32BE(12)).toBe(0xbede_0001);
      return (packet?.readUInt8(17) ?? 0) & 0x7f;
    });
  };
  expect(levels(0)).toEqual([20, 90, 90]);
  expect(levels(1)).toEqual([90, 20, 90]);
});

test('sequence numbers go on after the highest', () => {
  const track = new RtpTrack('audio', 7, 0);
  const sequences = Array.from({ length: 65_537 }, () => track.next(0)[0]?.readUInt16BE(2));
  expect(sequences.slice(65_534)).toEqual([65_535, 0, 1]);
});
