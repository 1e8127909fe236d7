/** The process of the participants, who send and receive in as many rooms as are wanted. Told over IPC what to do. */
import { answerQuestions } from '../answer-questions';
import type { ConsumedTrack, PlainEnd, SrtpKey } from '../nodes/sfu-node';
import { Receivers } from './receivers';
import { type SenderOptions, Senders } from './senders';

/** What the process can be asked; `room` is any name that the asker gives it. */
export type ParticipantsQuestion =
  | { readonly kind: 'receive'; readonly room: string; readonly cryptoSuite: SrtpKey['cryptoSuite'] | null }
  | {
      readonly kind: 'attach';
      readonly id: string;
      readonly node: PlainEnd;
      readonly tracks: readonly ConsumedTrack[];
    }
  | { readonly kind: 'send'; readonly room: string; readonly sender: SenderOptions }
  | { readonly kind: 'start' | 'stop' | 'count' | 'close'; readonly room: string };

interface Room {
  readonly senders: Senders;
  readonly receivers: string[];
}

const rooms = new Map<string, Room>();

function roomOf(name: string): Room {
  const room = rooms.get(name) ?? { senders: new Senders(), receivers: [] };
  rooms.set(name, room);
  return room;
}

async function answer(receivers: Receivers, question: ParticipantsQuestion): Promise<object> {
  switch (question.kind) {
    case 'receive': {
      const receiver = await receivers.add(question.cryptoSuite);
      roomOf(question.room).receivers.push(receiver.id);
      return receiver;
    }
    case 'attach':
      await receivers.attach(question.id, question.node, question.tracks);
      return {};
    case 'send':
      await roomOf(question.room).senders.add(question.sender);
      return {};
    case 'start':
      roomOf(question.room).senders.start();
      return {};
    case 'stop':
      return roomOf(question.room).senders.stop();
    case 'count':
      return receivers.count(roomOf(question.room).receivers);
    case 'close':
      roomOf(question.room).senders.close();
      receivers.close(roomOf(question.room).receivers);
      rooms.delete(question.room);
      return {};
  }
}

async function main(): Promise<void> {
  const receivers = await Receivers.open(process.env['MEDIASOUP_WORKER_BIN'] ?? '');
  answerQuestions<ParticipantsQuestion>((question) => answer(receivers, question));
}

void main();
