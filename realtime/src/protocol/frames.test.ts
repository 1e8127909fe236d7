import { PassThrough, type Writable } from 'node:stream';

import * as ws from 'ws';

import { firstFrame, lastFrame, textFrame } from './frames';

/** Its types leave out what reads frames. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

/** What a real WebSocket receiver (of `ws`) makes of bytes. */
async function received(...frames: readonly Buffer[]): Promise<string[]> {
  const receiver = new Receiver({ isServer: false });
  const messages: string[] = [];
  receiver.on('message', (data: Buffer) => messages.push(data.toString('utf8')));
  const bytes = new PassThrough();
  const ended = new Promise((resolve, reject) => receiver.once('finish', resolve).once('error', reject));
  bytes.pipe(receiver);
  for (const frame of frames) bytes.write(frame);
  bytes.end();
  await ended;
  return messages;
}

test.each([0, 1, 125, 126, 65_535, 65_536, 200_000])(
  'a message of %i bytes is read as it was written',
  async (length) => {
    const [head, tail] = [Buffer.from('{"id":"é"}'), Buffer.from('x'.repeat(length))];
    const whole = `{"id":"é"}${'x'.repeat(length)}`;
    expect(await received(textFrame(head, tail), firstFrame(head), lastFrame(tail), textFrame(tail))).toEqual([
      whole,
      whole,
      'x'.repeat(length),
    ]);
  },
);
