import type { types } from 'mediasoup-client';

import type { LocalSource } from './meeting-state';

type Sending = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>;

/** Three sizes, each in three frame rates: receivers get 180, 360 or 720 lines of a camera of 720. */
const CAMERA: Sending = {
  encodings: [
    { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
  ],
  codecOptions: { videoGoogleStartBitrate: 600 },
};
/** Text must be sharp: one size, fewer frames when the network is slow. */
const SCREEN: Sending = { encodings: [{ maxBitrate: 2_500_000, scalabilityMode: 'L1T3' }] };

/** How what comes from a source is sent: silence costs nothing and lost packets are mended. */
export const SENDING: Readonly<Record<LocalSource, Sending>> = {
  MICROPHONE: { codecOptions: { opusDtx: true, opusFec: true } },
  CAMERA,
  SCREEN,
  SCREEN_AUDIO: { codecOptions: { opusStereo: true, opusDtx: true, opusFec: true } },
};
