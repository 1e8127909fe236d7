import type { LocalSource } from './meeting-state';

/** Where one's own sound and pictures come from; a test has others than a browser. */
export interface Devices {
  microphone(): Promise<MediaStreamTrack>;
  camera(): Promise<MediaStreamTrack>;
  /** A screen or window, and what it sounds where that can be had. */
  screen(): Promise<readonly MediaStreamTrack[]>;
}

const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const SCREEN: MediaTrackConstraints = { frameRate: { ideal: 15, max: 30 } };

/** The devices of this browser; the user is asked for leave. Errors are those of getUserMedia and getDisplayMedia. */
export function browserDevices(
  constraints: Partial<Record<'camera' | 'microphone' | 'screen', MediaTrackConstraints>> = {},
): Devices {
  const devices = navigator.mediaDevices;
  return {
    async microphone() {
      return only(await devices.getUserMedia({ audio: { ...MICROPHONE, ...constraints.microphone } }));
    },
    async camera() {
      return only(await devices.getUserMedia({ video: { ...CAMERA, ...constraints.camera } }));
    },
    async screen() {
      return (await devices.getDisplayMedia({ video: { ...SCREEN, ...constraints.screen }, audio: true })).getTracks();
    },
  };
}

/** One thing that one sends. It lives longer than a media session: after a failure the same is sent in the next. */
export interface LocalTrack {
  readonly source: LocalSource;
  readonly media: MediaStreamTrack;
  isPaused: boolean;
}

/** What one sends now, by where it comes from. */
export class LocalMedia {
  readonly #tracks = new Map<LocalSource, LocalTrack>();

  /** `onEnded` hears of what ended by itself, such as a screen that the browser was told to share no more. */
  constructor(private readonly onEnded: (source: LocalSource) => void) {}

  all(): LocalTrack[] {
    return [...this.#tracks.values()];
  }

  get(source: LocalSource): LocalTrack | undefined {
    return this.#tracks.get(source);
  }

  add(source: LocalSource, media: MediaStreamTrack): LocalTrack {
    this.remove(source);
    const track = { source, media, isPaused: false };
    this.#tracks.set(source, track);
    media.addEventListener('ended', () => {
      if (this.#tracks.get(source)?.media === media) this.onEnded(source);
    });
    return track;
  }

  /** Lets go of the device. */
  remove(source: LocalSource): void {
    const track = this.#tracks.get(source);
    this.#tracks.delete(source);
    track?.media.stop();
  }

  close(): void {
    for (const { source } of this.all()) this.remove(source);
  }
}

function only(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (!track) throw new DOMException('The device gave nothing.', 'NotFoundError');
  return track;
}
