import type { MeetingState } from '../../meeting/meeting-state';

/** Tells somebody whose network is bad of it, and what helps; nothing while nobody notices anything. */
export function NetworkHint({ state }: { readonly state: MeetingState }) {
  const { quality, local } = state;
  if (quality === 'FAIR') return <p role="status">Your connection is unsteady: others may notice it.</p>;
  if (quality !== 'POOR') return null;
  const isSeen = local.CAMERA.isPaused === false;
  const help = isSeen ? 'Turn the camera off, or go nearer to the Wi-Fi.' : 'Go nearer to the Wi-Fi, or use a cable.';
  return <p role="status">Your connection is poor: others hear and see you badly, or you them. {help}</p>;
}
