import type { Contestant } from './contestants';
import { RawWebsocket } from './raw-websocket';

export interface CrowdOptions {
  readonly port: number;
  readonly count: number;
  readonly contestant: Contestant;
  /** A whole event has come to everybody: told with how many have so far. */
  readonly onEvent: (events: number) => void;
  readonly onEnd: (why: string) => void;
}

/** How many connect at the same time. */
const AT_ONCE = 50;

/** Many clients of one server, each on a connection of its own. */
export class Crowd {
  readonly #clients: RawWebsocket[] = [];
  /** Events that each client has received, in the order of connecting. */
  readonly #received: Uint32Array;
  #total = 0;
  /** Where times of arrival are written, one row of all clients for each event; null when they are not. */
  #arrivals: { readonly times: Float64Array; readonly from: number } | null = null;
  #sample = '';

  constructor(private readonly options: CrowdOptions) {
    this.#received = new Uint32Array(options.count);
  }

  async connect(): Promise<void> {
    for (let first = 0; first < this.options.count; first += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, this.options.count - first) }, (_, index) => first + index);
      await Promise.all(some.map((client) => this.#connectOne(client)));
    }
  }

  /** Events that have come to everybody. */
  get events(): number {
    return Math.floor(this.#total / this.options.count);
  }

  /** The result in the last message of the first client. */
  get sample(): string {
    return this.options.contestant.payloadOf(this.#sample);
  }

  /** Writes down when each of the next events comes to each client, in milliseconds of the system's monotonic clock. */
  record(events: number): Float64Array {
    const times = new Float64Array(events * this.options.count);
    this.#arrivals = { times, from: this.events };
    return times;
  }

  /** Throws unless every client has received the same number of events. */
  checkEqual(): void {
    const odd = this.#received.find((count) => count !== this.#received[0]);
    if (odd !== undefined) throw new Error(`one client has ${odd} events, another ${this.#received[0]}`);
  }

  say(client: number, text: string): void {
    this.#clients[client]?.send(text);
  }

  #connectOne(client: number): Promise<void> {
    const { port, contestant, onEnd } = this.options;
    return new Promise((resolve) => {
      this.#clients[client] = new RawWebsocket({
        port,
        path: contestant.path,
        ...(contestant.subprotocol ? { subprotocol: contestant.subprotocol } : {}),
        onOpen: (socket) => {
          const greeting = contestant.greeting(client);
          if (greeting !== null) socket.send(greeting);
        },
        onMessage: (bytes, socket) => {
          if (contestant.isEvent(bytes)) return this.#eventCame(client, bytes);
          const { say, isReady } = contestant.answer(bytes.toString('utf8'), client);
          if (say !== null) socket.send(say);
          if (isReady) resolve();
        },
        onEnd,
      });
    });
  }

  #eventCame(client: number, bytes: Buffer): void {
    const before = this.#received[client] ?? 0;
    this.#received[client] = before + 1;
    this.#total += 1;
    if (client === 0) this.#sample = bytes.toString('utf8');
    if (this.#arrivals) {
      const { times, from } = this.#arrivals;
      const row = before - from;
      if (row >= 0) times[row * this.options.count + client] = now();
    }
    if (this.#total % this.options.count === 0) this.options.onEvent(this.#total / this.options.count);
  }
}

/** Milliseconds on a clock that all processes of the machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
