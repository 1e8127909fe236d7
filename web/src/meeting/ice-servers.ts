import type { JoinMeetingMutation } from '../generated/graphql';

/** A STUN or TURN server as the browser takes it. */
export function toRtcIceServer({
  urls,
  username,
  credential,
}: JoinMeetingMutation['joinMeeting']['iceServers'][number]): RTCIceServer {
  return { urls, username: username ?? undefined, credential: credential ?? undefined };
}
