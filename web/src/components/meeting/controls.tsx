'use client';

import type { MeetingSession } from '../../meeting/meeting-session';
import type { MeetingState } from '../../meeting/meeting-state';

const EMOJIS = ['👏', '👍', '❤️', '😮'] as const;

/** What one does oneself in a meeting. */
export function Controls({ session, state }: { readonly session: MeetingSession; readonly state: MeetingState }) {
  const { me, local, isAskedToUnmute } = state;
  const may = me?.permissions;
  const isSpeaking = local.MICROPHONE.isPaused === false;
  const isShowing = local.CAMERA.isPaused === false;
  const isSharing = local.SCREEN.isPaused === false;
  const isHandUp = me !== null && me.handRaisedAt !== null;
  return (
    <div className="controls" role="toolbar" aria-label="Your microphone, camera and more">
      {isAskedToUnmute ? <p role="status">A moderator asks you to open your microphone.</p> : null}
      <Toggle
        label="Microphone"
        isOn={isSpeaking}
        isAllowed={may?.maySpeak}
        onClick={(on) => session.setMicrophone(on)}
      />
      <Toggle label="Camera" isOn={isShowing} isAllowed={may?.mayShowCamera} onClick={(on) => session.setCamera(on)} />
      <Toggle
        label="Share screen"
        isOn={isSharing}
        isAllowed={may?.mayShareScreen}
        onClick={(on) => (on ? session.shareScreen() : session.stopScreen())}
      />
      <Toggle label="Raise hand" isOn={isHandUp} isAllowed onClick={(on) => session.raiseHand(on)} />
      {EMOJIS.map((emoji) => (
        <button key={emoji} type="button" aria-label={`Show ${emoji}`} onClick={() => void session.react(emoji)}>
          {emoji}
        </button>
      ))}
      <button type="button" className="leave" onClick={() => void session.leave()}>
        Leave
      </button>
    </div>
  );
}

function Toggle({
  label,
  isOn,
  isAllowed,
  onClick,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly isAllowed: boolean | undefined;
  readonly onClick: (isOn: boolean) => Promise<void>;
}) {
  return (
    <button type="button" aria-pressed={isOn} disabled={isAllowed !== true} onClick={() => void onClick(!isOn)}>
      {label}
    </button>
  );
}
