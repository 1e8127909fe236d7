/** What runs in the browser of the test: mediasoup-client, told what to do by the test, asking the node through it. */
import { Device, type types } from 'mediasoup-client';

type Ask = (name: string, request: object) => Promise<never>;

interface Heard {
  readonly frames: number;
  readonly width: number;
  readonly keyFrames: number;
  readonly audioEnergy: number;
}

class Participant {
  readonly #device = new Device();
  #send: types.Transport | undefined;
  #receive: types.Transport | undefined;
  readonly #consumers: types.Consumer[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly ids: object,
  ) {}

  async join(): Promise<void> {
    const { routerRtpCapabilities, transports } = (await this.ask('join-room', {
      ...this.ids,
      directions: ['SEND', 'RECEIVE'],
    })) as {
      routerRtpCapabilities: types.RtpCapabilities;
      transports: (types.TransportOptions & { transportId: string })[];
    };
    await this.#device.load({ routerRtpCapabilities });
    const [send, receive] = transports.map(({ transportId, ...options }) => ({ ...options, id: transportId }));
    if (!send || !receive) throw new Error('two transports were wanted');
    this.#send = this.#watch(this.#device.createSendTransport(send));
    this.#receive = this.#watch(this.#device.createRecvTransport(receive));
    this.#send.on('produce', ({ kind, rtpParameters }, done, failed) => {
      const source = kind === 'audio' ? 'MICROPHONE' : 'CAMERA';
      const request = { ...this.ids, transportId: send.id, kind, source, rtpParameters, isPaused: false };
      this.ask('produce', request).then(({ producerId }: { producerId: string }) => done({ id: producerId }), failed);
    });
  }

  /** Sends the fake camera in three sizes and the fake microphone; gives the producers' ids. */
  async publish(): Promise<string[]> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
    const [audio, video] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    if (!audio || !video || !this.#send) throw new Error('no tracks');
    const encodings = [4, 2, 1].map((scaleResolutionDownBy) => ({ scaleResolutionDownBy, scalabilityMode: 'L1T3' }));
    const voice = await this.#send.produce({ track: audio, codecOptions: { opusDtx: true, opusFec: true } });
    const picture = await this.#send.produce({ track: video, encodings });
    return [voice.id, picture.id];
  }

  /** Consumes and plays; gives the consumers' ids. */
  async consume(producerIds: string[], home: object | null = null): Promise<string[]> {
    const receive = this.#receive;
    if (!receive) throw new Error('not joined');
    const { consumers } = (await this.ask('consume', {
      ...this.ids,
      transportId: receive.id,
      producers: producerIds.map((producerId) => ({ producerId, home })),
      rtpCapabilities: this.#device.recvRtpCapabilities,
    })) as { consumers: (types.ConsumerOptions & { consumerId: string })[] };
    for (const { consumerId, ...options } of consumers) {
      const consumer = await receive.consume({ ...options, id: consumerId });
      const element = document.createElement(consumer.kind);
      element.autoplay = true;
      element.srcObject = new MediaStream([consumer.track]);
      document.body.append(element);
      this.#consumers.push(consumer);
    }
    const consumerIds = consumers.map(({ consumerId }) => consumerId);
    await this.ask('set-consumers-paused', { ...this.ids, consumerIds, isPaused: false });
    return consumerIds;
  }

  /** What has really been decoded so far. */
  async heard(): Promise<Heard> {
    const reports = await Promise.all(this.#consumers.map((consumer) => consumer.getStats()));
    const inbound = reports.flatMap((report) => [...report.values()]).filter(({ type }) => type === 'inbound-rtp');
    const sum = (read: (stats: Record<string, number | undefined>) => number | undefined): number =>
      inbound.reduce((total: number, stats: Record<string, number | undefined>) => total + (read(stats) ?? 0), 0);
    return {
      frames: sum(({ framesDecoded }) => framesDecoded),
      width: sum(({ frameWidth }) => frameWidth),
      keyFrames: sum(({ keyFramesDecoded }) => keyFramesDecoded),
      audioEnergy: sum(({ totalAudioEnergy }) => totalAudioEnergy),
    };
  }

  /** Goes on over other addresses, with the same transports and tracks. */
  async restartIce(): Promise<void> {
    for (const transport of [this.#send, this.#receive]) {
      if (!transport) throw new Error('not joined');
      const { iceParameters } = await this.ask('restart-ice', { ...this.ids, transportId: transport.id });
      await transport.restartIce({ iceParameters });
    }
  }

  /** The parameters of what is sent are told as late as can be: when this end has shaken hands already. */
  #watch(transport: types.Transport): types.Transport {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const connect = () => this.ask('connect-transport', { ...this.ids, transportId: transport.id, dtlsParameters });
      if (transport.direction === 'recv') return void connect().then(done, failed);
      transport.on('connectionstatechange', (state) => {
        if (state === 'connected') void connect();
      });
      done();
    });
    return transport;
  }
}

declare global {
  interface Window {
    /** Asks the node, through the test. */
    askNode: Ask;
    participant: Participant;
    enter: (ids: object) => Promise<void>;
  }
}
window.enter = async (ids) => {
  window.participant = new Participant(window.askNode, ids);
  await window.participant.join();
};
