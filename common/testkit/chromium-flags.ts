/** How Chromium runs in tests: as root in a container too, without a display, and asking nobody for anything. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The same with a fake camera, microphone and screen that nobody has to allow, and media on loopback. */
export const CHROMIUM_FLAGS_FOR_MEDIA: readonly string[] = [
  ...CHROMIUM_FLAGS,
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];
