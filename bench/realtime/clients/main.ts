/** A process of many clients of one server, which also causes the events: told over IPC what to do, one after the other. */
import { createEventLog } from '../../../common/streams';
import { type Contestant, appendEvent, realtimeContestant, socketioContestant } from './contestants';
import { Crowd, now } from './crowd';

export interface ClientsOptions {
  readonly name: 'realtime' | 'socketio';
  readonly port: number;
  readonly count: number;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly secret: string;
}

/** What a process of clients can be asked. */
export type Question =
  | { readonly kind: 'connect'; readonly options: ClientsOptions }
  /** Causes events as fast as they are received, with so many of them on the way. */
  | { readonly kind: 'flood'; readonly events: number; readonly onTheWay: number }
  /** Causes an event every so many milliseconds and tells how long each took to each client. */
  | { readonly kind: 'pace'; readonly events: number; readonly everyMs: number }
  | { readonly kind: 'sample' }
  /** Gives the peer what it is to broadcast. */
  | { readonly kind: 'payload'; readonly text: string };

export interface Flooded {
  readonly seconds: number;
  readonly messages: number;
}

export interface Paced {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const EVENT_MS = 30_000;

class Clients {
  readonly #log;
  readonly #crowd: Crowd;
  #caused = 0;
  #wake: () => void = () => undefined;

  constructor(private readonly options: ClientsOptions) {
    this.#log = createEventLog(options);
    this.#crowd = new Crowd({
      ...options,
      contestant: this.#contestant,
      onEvent: () => this.#wake(),
      onEnd: (why) => {
        process.stderr.write(`a client of ${options.name} ended: ${why}\n`);
        process.exit(1);
      },
    });
  }

  async answer(question: Exclude<Question, { kind: 'connect' }>): Promise<object> {
    switch (question.kind) {
      case 'flood':
        return this.#flood(question.events, question.onTheWay);
      case 'pace':
        return this.#pace(question.events, question.everyMs);
      case 'sample':
        return { text: this.#crowd.sample };
      case 'payload':
        this.#crowd.say(0, `42${JSON.stringify(['payload', JSON.parse(question.text)])}`);
        return {};
    }
  }

  async connect(): Promise<object> {
    await this.#crowd.connect();
    return {};
  }

  get #contestant(): Contestant {
    return this.options.name === 'realtime' ? realtimeContestant(this.options.secret) : socketioContestant;
  }

  async #flood(events: number, onTheWay: number): Promise<Flooded> {
    const until = this.#caused + events;
    const began = now();
    while (this.#crowd.events < until) {
      while (this.#caused < until && this.#caused - this.#crowd.events < onTheWay) await this.#cause();
      await this.#nextEvent();
    }
    this.#crowd.checkEqual();
    return { seconds: (now() - began) / 1000, messages: events * this.options.count };
  }

  async #pace(events: number, everyMs: number): Promise<Paced> {
    const times = this.#crowd.record(events);
    const until = this.#caused + events;
    const began = now();
    const caused: number[] = [];
    while (caused.length < events) {
      const wait = began + caused.length * everyMs - now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      caused.push(now());
      await this.#cause();
    }
    while (this.#crowd.events < until) await this.#nextEvent();
    const delays = times.map((time, index) => time - (caused[Math.floor(index / this.options.count)] ?? 0)).sort();
    const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0;
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }

  async #cause(): Promise<void> {
    this.#caused += 1;
    if (this.options.name === 'realtime') await appendEvent(this.#log, this.#caused);
    else this.#crowd.say(0, '42["broadcast"]');
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('an event has not come to everybody')), EVENT_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

let clients: Clients | undefined;

async function answer(question: Question): Promise<object> {
  if (question.kind === 'connect') {
    clients = new Clients(question.options);
    return clients.connect();
  }
  if (!clients) throw new Error('nobody is connected');
  return clients.answer(question);
}

process.on('message', (question: Question) => {
  answer(question).then(
    (answered) => process.send?.(answered),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
