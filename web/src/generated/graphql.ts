/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A transport and the client's end of it. */
export type ConnectTransportInput = {
  /** The client's DTLS parameters. */
  dtlsParameters: import('mediasoup-client').types.DtlsParameters;
  /** The `ticket` of your media session. */
  ticket: string;
  /** The `transportId`. */
  transportId: string;
};

/** Tracks to receive. */
export type ConsumeInput = {
  /** Whether they begin paused; needed only when the transport is connected already. */
  isPaused?: boolean;
  /** What the client can receive. */
  rtpCapabilities: import('mediasoup-client').types.RtpCapabilities;
  /** The `ticket` of your media session. */
  ticket: string;
  /** The tracks, at most 100. */
  trackIds: Array<string | number>;
  /** The `transportId`. */
  transportId: string;
};

/** About consumers of yours. */
export type ConsumersInput = {
  /** Their `consumerId`s, at most 200. */
  consumerIds: Array<string>;
  /** The `ticket` of your media session. */
  ticket: string;
};

/** A new meeting. */
export type CreateMeetingInput = {
  /** The class whose lesson it is; without one it is open by its id. */
  classId?: string | number | null | undefined;
  /** What is allowed in it. */
  policy?: MeetingPolicyInput | null | undefined;
  /** When it is to begin. */
  startsAt?: string | null | undefined;
  /** 1 to 200 characters. */
  title: string;
};

/** A new notebook. */
export type CreateNotebookInput = {
  /** The title, 1 to 200 characters; blanks around it are dropped. */
  title: string;
};

/** A file that will be uploaded. */
export type CreateUploadInput = {
  /** Media type: application/pdf, image/jpeg or image/png. */
  contentType: string;
  /** File name, 1 to 255 characters, without path or control characters. */
  name: string;
  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  sha256: string;
  /** Bytes, 1 to 20 MB. */
  size: number;
};

/** A file to be imported into a notebook. */
export type ImportFileInput = {
  /** Which file, the viewer's own: a PDF, JPEG or PNG. */
  fileId: string | number;
  /** Which notebook, the viewer's own. */
  notebookId: string | number;
};

/** How far an import is. */
export type ImportState =
  /** Cancelled by its owner; pages that were not read are gone. Can be retried. */
  | 'CANCELLED'
  /** Every page is read or has failed; at least one is read. */
  | 'COMPLETED'
  /** Nothing could be read; `error` says why. Can be retried. */
  | 'FAILED'
  /** The document is going to be inspected. */
  | 'QUEUED'
  /** The pages are being rendered and read. */
  | 'RUNNING'
  /** Its file is not known to be completely uploaded; fails with FILE_NOT_FOUND after 15 seconds. */
  | 'WAITING';

/** The hands to lower. */
export type LowerHandsInput = {
  /** Which meeting. */
  meetingId: string | number;
  /** Whose; without it everybody lowers theirs. */
  participantId?: string | number | null | undefined;
};

/** What a track carries. */
export type MediaKind =
  /** Sound. */
  | 'AUDIO'
  /** Pictures. */
  | 'VIDEO';

/** Where a track comes from. */
export type MediaSource =
  /** A face. */
  | 'CAMERA'
  /** A voice. */
  | 'MICROPHONE'
  /** A shared screen or window. */
  | 'SCREEN'
  /** What the shared screen or window sounds. */
  | 'SCREEN_AUDIO';

/** What can happen in a meeting. */
export type MeetingChangeKind =
  /** Somebody else speaks most now; `participant` is null when nobody does. */
  | 'ACTIVE_SPEAKER'
  /** Breakout rooms were opened or closed, or somebody is to go to another one. */
  | 'BREAKOUTS_CHANGED'
  /** A moderator tells everybody something, in the meeting and in all its breakout rooms. */
  | 'BROADCAST'
  /** Somebody says something: a caption that will be replaced by the next of the same participant, or a final one. */
  | 'CAPTION'
  /** It ended for everybody. */
  | 'MEETING_ENDED'
  /** Its title, time, policy, lock or spotlight changed. */
  | 'MEETING_UPDATED'
  /** A message was removed: its text is gone, its place is kept. */
  | 'MESSAGE_REMOVED'
  /** Somebody wrote a message. */
  | 'MESSAGE_SENT'
  /** The notes of the meeting have another revision. */
  | 'NOTES_CHANGED'
  /** Somebody came in. */
  | 'PARTICIPANT_JOINED'
  /** Somebody left, stopped waiting, was turned away or put out. */
  | 'PARTICIPANT_LEFT'
  /** Somebody's role, permissions, hand or media session changed. */
  | 'PARTICIPANT_UPDATED'
  /** Somebody waits to be let in. */
  | 'PARTICIPANT_WAITING'
  /** There are other votes in an open poll; told at most about once a second for each poll. */
  | 'POLL_CHANGED'
  /** A poll can no longer be answered: its results can be seen. */
  | 'POLL_CLOSED'
  /** A poll can be answered. */
  | 'POLL_OPENED'
  /** Somebody showed an emoji: `text`. */
  | 'REACTION'
  /** A recording could not be made; its `error` tells why. */
  | 'RECORDING_FAILED'
  /** The film of a recording can be watched. */
  | 'RECORDING_READY'
  /** From now on it is recorded. */
  | 'RECORDING_STARTED'
  /** It is no longer recorded. */
  | 'RECORDING_STOPPED'
  /** A track is over. */
  | 'TRACK_ENDED'
  /** A track is paused, by its sender or a moderator. */
  | 'TRACK_PAUSED'
  /** A paused track goes on. */
  | 'TRACK_RESUMED'
  /** Somebody sends something new. */
  | 'TRACK_STARTED'
  /** Strokes were drawn or taken back, or all were cleared: then there are no `strokes`. */
  | 'WHITEBOARD_CHANGED';

/** How your media go in a meeting. */
export type MeetingMediaMode =
  /** Directly to the one other, told with `sendSignal`, while no media node can be reached. */
  | 'DIRECT'
  /** Through a media node: `session` has what it takes. */
  | 'NODE'
  /** Not at all for now: join again after a while. */
  | 'NONE';

/** What is allowed in a meeting; what is left out stays as it is, or as it is at first. */
export type MeetingPolicyInput = {
  /** Whether attendees and observers may write, in chat, whiteboard and notes; at first they may. */
  attendeesMayChat?: boolean | null | undefined;
  /** Whether attendees may share a screen; at first they may not. */
  attendeesMayShareScreen?: boolean | null | undefined;
  /** Whether attendees may send a camera; at first they may. */
  attendeesMayShowCamera?: boolean | null | undefined;
  /** Whether attendees may send a voice; at first they may. */
  attendeesMaySpeak?: boolean | null | undefined;
  /** Whether newcomers wait to be let in; at first only in meetings of no class. */
  hasWaitingRoom?: boolean | null | undefined;
};

/** What somebody is in a meeting. */
export type MeetingRole =
  /** Takes part as the policy of the meeting allows. */
  | 'ATTENDEE'
  /** Leads it: a teacher of the class, the host, or whom they made one. */
  | 'MODERATOR'
  /** Looks on: a supporter of the class. */
  | 'OBSERVER';

/** What can happen to a notebook. */
export type NotebookChangeKind =
  /** The import was cancelled. */
  | 'IMPORT_CANCELLED'
  /** Every page has its text or has failed. */
  | 'IMPORT_COMPLETED'
  /** The import ended with an error. */
  | 'IMPORT_FAILED'
  /** The pages of the file are known. */
  | 'IMPORT_PAGES_FOUND'
  /** A file is being imported. */
  | 'IMPORT_STARTED'
  /** It was deleted; nothing follows. */
  | 'NOTEBOOK_DELETED'
  /** It has another title. */
  | 'NOTEBOOK_RENAMED'
  /** A page could not be rendered or read. */
  | 'PAGE_FAILED'
  /** A page has its text. */
  | 'PAGE_READ'
  /** A page has its preview and thumbnail. */
  | 'PAGE_RENDERED'
  /** The summary and key words were made or renewed. */
  | 'SUMMARY_READY';

/** How far a page is. */
export type PageState =
  /** `error` says why. */
  | 'FAILED'
  /** Its size is known. */
  | 'PENDING'
  /** It has its images and its text. */
  | 'READ'
  /** It has its images. */
  | 'RENDERED';

/** What can happen to one participant that nobody else hears of. */
export type ParticipantChangeKind =
  /** You were let in: join the meeting now. */
  | 'ADMITTED'
  /** You are to go to the breakout room `target`: join it. Told to your participant of the meeting it belongs to. */
  | 'BREAKOUT_ASSIGNED'
  /**
   * The breakout room you were in is closed: join `target`, the meeting it belongs to, if you are not in it. Told to your
   * participant of that meeting.
   */
  | 'BREAKOUT_CLOSED'
  /** You were turned away. */
  | 'DENIED'
  /** Your media session is over, as its media node is: join the meeting again for the next. */
  | 'MEDIA_MOVED'
  /** The meeting ended. */
  | 'MEETING_ENDED'
  /** A moderator, or a change of what you may do, has paused the track. */
  | 'MUTED'
  /** What you may do has changed. */
  | 'PERMISSIONS_CHANGED'
  /** You were put out, or are no longer in the class. */
  | 'REMOVED'
  /** `from` tells your client something with `signal`, for a direct call. */
  | 'SIGNAL'
  /** A moderator asks you to open your microphone. */
  | 'UNMUTE_ASKED';

/** A participant of a meeting. */
export type ParticipantInput = {
  /** Which meeting. */
  meetingId: string | number;
  /** Whom. */
  participantId: string | number;
};

/** Where a participant is. */
export type ParticipantState =
  /** Turned away; may ask again. */
  | 'DENIED'
  /** Not in the meeting; may come in if they were let in once. */
  | 'LEFT'
  /** In the meeting. */
  | 'PRESENT'
  /** Put out; comes back only when let in again. */
  | 'REMOVED'
  /** In the waiting room. */
  | 'WAITING';

/** A track to send. */
export type ProduceInput = {
  /** Whether it begins paused. */
  isPaused?: boolean;
  /** How it is sent. */
  rtpParameters: import('mediasoup-client').types.RtpParameters;
  /** Where it comes from. */
  source: MediaSource;
  /** The `ticket` of your media session. */
  ticket: string;
  /** The `transportId`. */
  transportId: string;
};

/** How well media gets through. */
export type QualityLevel =
  /** It can be noticed. */
  | 'FAIR'
  /** Nobody notices anything. */
  | 'GOOD'
  /** It disturbs: turn the camera off, or change the network. */
  | 'POOR';

/** A sign for everybody. */
export type ReactInput = {
  /** One emoji (Unicode RGI_Emoji), such as 👏. */
  emoji: string;
  /** Which meeting. */
  meetingId: string | number;
};

/** How far a recording is. */
export type RecordingState =
  /** The film is being made. */
  | 'COMPOSING'
  /** The film was kept long enough, or deleted. */
  | 'EXPIRED'
  /** There is no film; `error` tells why. */
  | 'FAILED'
  /** The film can be watched. */
  | 'READY'
  /** It runs. */
  | 'RECORDING'
  /** It has ended; its last seconds are being stored. */
  | 'STOPPED';

/** A message of a direct call, such as a session description. */
export type SendSignalInput = {
  /** Which meeting. */
  meetingId: string | number;
  /** Whom. */
  participantId: string | number;
  /** What the other's client is to read; nobody else does. At most 32768 characters. */
  signal: string;
};

/** Your own hand. */
export type SetHandInput = {
  /** Whether it is up. */
  isRaised: boolean;
  /** Which meeting. */
  meetingId: string | number;
};

/** Whether a meeting is locked. */
export type SetLockedInput = {
  /** Whether nobody new comes in. */
  isLocked: boolean;
  /** Which meeting. */
  meetingId: string | number;
};

/** One of your own tracks, to pause or to resume. */
export type SetTrackPausedInput = {
  /** Whether it is to be paused. */
  isPaused: boolean;
  /** The `ticket` of your media session. */
  ticket: string;
  /** The track. */
  trackId: string | number;
};

/** What is visible of what is received. */
export type ShowTilesInput = {
  /** The `ticket` of your media session. */
  ticket: string;
  /** Those whose size has changed, at most 100. */
  tiles: Array<TileInput>;
};

/** Who signs in. */
export type SignInInput = {
  /** E-mail address. */
  email: string;
  /** Password. */
  password: string;
};

/** How far the summary of what the notebook says now is. */
export type SummaryState =
  /** It could not be made; `error` says why. */
  | 'FAILED'
  /** It is made. */
  | 'READY'
  /** It is being made. */
  | 'RUNNING'
  /** There is new text; the summary is made when the import of it has ended. */
  | 'WAITING';

/** Where a page's text comes from. */
export type TextSource =
  /** The document carries it. */
  | 'EMBEDDED'
  /** It was read from the image. */
  | 'OCR';

/** How large a consumer is shown. */
export type TileInput = {
  /** Its `consumerId`. */
  consumerId: string;
  /** Height in CSS pixels times the device pixel ratio; 0 when it is not visible. */
  height: number;
};

/** One of your own tracks. */
export type TrackInput = {
  /** The `ticket` of your media session. */
  ticket: string;
  /** The track. */
  trackId: string | number;
};

/** About one transport. */
export type TransportInput = {
  /** The `ticket` of your media session. */
  ticket: string;
  /** The `transportId`. */
  transportId: string;
};

export type TrackPartsFragment = { id: string, kind: MediaKind, source: MediaSource, isPaused: boolean };

export type ParticipantPartsFragment = { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> };

export type MeetingPartsFragment = { id: string, title: string, isLocked: boolean, endedAt: string | null, spotlight: { id: string } | null, recording: { id: string, startedAt: string } | null };

export type ParticipantPageFragment = { edges: Array<{ node: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } };

export type TransportPartsFragment = { transportId: string, iceParameters: import('mediasoup-client').types.IceParameters, iceCandidates: Array<import('mediasoup-client').types.IceCandidate>, dtlsParameters: import('mediasoup-client').types.DtlsParameters, sctpParameters: import('mediasoup-client').types.SctpParameters | null };

export type JoinMeetingMutationVariables = Exact<{
  meetingId: string | number;
}>;


export type JoinMeetingMutation = { joinMeeting: { mode: MeetingMediaMode, changesAfter: string, ownChangesAfter: string, participant: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> }, meeting: { id: string, title: string, isLocked: boolean, endedAt: string | null, participants: { edges: Array<{ node: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, spotlight: { id: string } | null, recording: { id: string, startedAt: string } | null } | null, session: { ticket: string, routerRtpCapabilities: import('mediasoup-client').types.RtpCapabilities, sendTransport: { transportId: string, iceParameters: import('mediasoup-client').types.IceParameters, iceCandidates: Array<import('mediasoup-client').types.IceCandidate>, dtlsParameters: import('mediasoup-client').types.DtlsParameters, sctpParameters: import('mediasoup-client').types.SctpParameters | null }, receiveTransport: { transportId: string, iceParameters: import('mediasoup-client').types.IceParameters, iceCandidates: Array<import('mediasoup-client').types.IceCandidate>, dtlsParameters: import('mediasoup-client').types.DtlsParameters, sctpParameters: import('mediasoup-client').types.SctpParameters | null } } | null, iceServers: Array<{ urls: Array<string>, username: string | null, credential: string | null }> } };

export type LoadParticipantsQueryVariables = Exact<{
  meetingId: string | number;
  after?: string | null | undefined;
}>;


export type LoadParticipantsQuery = { meeting: { participants: { edges: Array<{ node: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LoadMyStateQueryVariables = Exact<{
  meetingId: string | number;
}>;


export type LoadMyStateQuery = { meeting: { me: { state: ParticipantState } | null } | null };

export type LoadMyQualityQueryVariables = Exact<{
  meetingId: string | number;
}>;


export type LoadMyQualityQuery = { meeting: { me: { quality: { level: QualityLevel | null } | null } | null } | null };

export type WatchMeetingSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type WatchMeetingSubscription = { meetingChanged: { kind: MeetingChangeKind, cursor: string, text: string | null, meeting: { id: string, title: string, isLocked: boolean, endedAt: string | null, spotlight: { id: string } | null, recording: { id: string, startedAt: string } | null }, participant: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> } | null, track: { id: string } | null } };

export type WatchParticipantSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type WatchParticipantSubscription = { participantChanged: { kind: ParticipantChangeKind, cursor: string, signal: string | null, participant: { id: string, state: ParticipantState }, track: { id: string } | null, from: { id: string } | null } };

export type SendSignalMutationVariables = Exact<{
  input: SendSignalInput;
}>;


export type SendSignalMutation = { sendSignal: boolean };

export type SendTracksMutationVariables = Exact<{
  connect: ConnectTransportInput;
  isConnected: boolean;
  first: ProduceInput;
  second: ProduceInput;
  isOne: boolean;
}>;


export type SendTracksMutation = { connectTransport?: boolean, first: { id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }, second?: { id: string, kind: MediaKind, source: MediaSource, isPaused: boolean } };

export type ConnectTransportMutationVariables = Exact<{
  input: ConnectTransportInput;
}>;


export type ConnectTransportMutation = { connectTransport: boolean };

export type ConsumeTracksMutationVariables = Exact<{
  input: ConsumeInput;
}>;


export type ConsumeTracksMutation = { consume: { consumers: Array<{ consumerId: string, producerId: string, kind: MediaKind, rtpParameters: import('mediasoup-client').types.RtpParameters, track: { id: string } }>, refused: Array<{ trackId: string, code: string }> } };

export type ResumeConsumersMutationVariables = Exact<{
  input: ConsumersInput;
}>;


export type ResumeConsumersMutation = { resumeConsumers: boolean };

export type RestartIceMutationVariables = Exact<{
  input: TransportInput;
}>;


export type RestartIceMutation = { restartIce: { iceParameters: import('mediasoup-client').types.IceParameters } };

export type SetTrackPausedMutationVariables = Exact<{
  input: SetTrackPausedInput;
}>;


export type SetTrackPausedMutation = { setTrackPaused: { id: string, kind: MediaKind, source: MediaSource, isPaused: boolean } };

export type CloseTrackMutationVariables = Exact<{
  input: TrackInput;
}>;


export type CloseTrackMutation = { closeTrack: boolean };

export type ShowTilesMutationVariables = Exact<{
  input: ShowTilesInput;
}>;


export type ShowTilesMutation = { showTiles: boolean };

export type LeaveMeetingMutationVariables = Exact<{
  meetingId: string | number;
  ticket?: string | null | undefined;
}>;


export type LeaveMeetingMutation = { leaveMeeting: boolean };

export type SetHandMutationVariables = Exact<{
  input: SetHandInput;
}>;


export type SetHandMutation = { setHand: { id: string, handRaisedAt: string | null } };

export type ReactMutationVariables = Exact<{
  input: ReactInput;
}>;


export type ReactMutation = { react: boolean };

export type CreateMeetingMutationVariables = Exact<{
  input: CreateMeetingInput;
}>;


export type CreateMeetingMutation = { createMeeting: { id: string, title: string } };

export type MyMeetingsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyMeetingsQuery = { myMeetings: { edges: Array<{ node: { id: string, title: string, endedAt: string | null, participantCount: number } }> } };

export type LoadWaitingQueryVariables = Exact<{
  meetingId: string | number;
}>;


export type LoadWaitingQuery = { meeting: { waitingParticipants: { edges: Array<{ node: { id: string, role: MeetingRole, state: ParticipantState, handRaisedAt: string | null, user: { id: string, displayName: string }, permissions: { maySpeak: boolean, mayShowCamera: boolean, mayShareScreen: boolean, mayModerate: boolean } | null, tracks: Array<{ id: string, kind: MediaKind, source: MediaSource, isPaused: boolean }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type AdmitParticipantMutationVariables = Exact<{
  input: ParticipantInput;
}>;


export type AdmitParticipantMutation = { admitParticipant: { id: string } };

export type DenyParticipantMutationVariables = Exact<{
  input: ParticipantInput;
}>;


export type DenyParticipantMutation = { denyParticipant: { id: string } };

export type RemoveParticipantMutationVariables = Exact<{
  input: ParticipantInput;
}>;


export type RemoveParticipantMutation = { removeParticipant: { id: string } };

export type MuteParticipantMutationVariables = Exact<{
  input: ParticipantInput;
}>;


export type MuteParticipantMutation = { muteParticipant: { id: string } };

export type AskToUnmuteMutationVariables = Exact<{
  input: ParticipantInput;
}>;


export type AskToUnmuteMutation = { askToUnmute: { id: string } };

export type LowerHandsMutationVariables = Exact<{
  input: LowerHandsInput;
}>;


export type LowerHandsMutation = { lowerHands: number };

export type SetMeetingLockedMutationVariables = Exact<{
  input: SetLockedInput;
}>;


export type SetMeetingLockedMutation = { setMeetingLocked: { id: string, isLocked: boolean } };

export type EndMeetingMutationVariables = Exact<{
  meetingId: string | number;
}>;


export type EndMeetingMutation = { endMeeting: { id: string, endedAt: string | null } };

export type StartRecordingMutationVariables = Exact<{
  meetingId: string | number;
}>;


export type StartRecordingMutation = { startRecording: { id: string } };

export type StopRecordingMutationVariables = Exact<{
  meetingId: string | number;
}>;


export type StopRecordingMutation = { stopRecording: { id: string } };

export type LoadRecordingsQueryVariables = Exact<{
  meetingId: string | number;
}>;


export type LoadRecordingsQuery = { meeting: { recordings: { edges: Array<{ node: { id: string, state: RecordingState, startedAt: string, durationSeconds: number | null, url: string | null, error: { message: string } | null } }> } } | null };

export type CreateNotebookMutationVariables = Exact<{
  input: CreateNotebookInput;
}>;


export type CreateNotebookMutation = { createNotebook: { id: string } };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload: { url: string, method: string, file: { id: string }, headers: Array<{ name: string, value: string }> } };

export type CompleteUploadMutationVariables = Exact<{
  fileId: string | number;
}>;


export type CompleteUploadMutation = { completeUpload: { id: string } };

export type ImportFileMutationVariables = Exact<{
  input: ImportFileInput;
}>;


export type ImportFileMutation = { importFile: { id: string } };

export type CancelImportMutationVariables = Exact<{
  importId: string | number;
}>;


export type CancelImportMutation = { cancelImport: { id: string, state: ImportState } };

export type LoadNotebookQueryVariables = Exact<{
  id: string | number;
}>;


export type LoadNotebookQuery = { notebook: { id: string, title: string, pageCount: number, pages: { edges: Array<{ node: { id: string, number: number, state: PageState, text: string | null, textSource: TextSource | null, thumbnail: { url: string, width: number, height: number } | null, error: { message: string } | null } }> }, imports: { edges: Array<{ node: { id: string, state: ImportState, progress: { fraction: number, pagesFound: number | null, pagesRead: number, pagesFailed: number }, error: { code: string, message: string } | null } }> }, summary: { state: SummaryState, short: string | null, medium: string | null, long: string | null, keywords: Array<{ term: string, weight: number }> } | null } | null };

export type WatchNotebookSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type WatchNotebookSubscription = { notebookChanged: { kind: NotebookChangeKind, cursor: string } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { displayName: string } } };

export type RefreshSessionMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const MeetingPartsFragmentDoc = new TypedDocumentString(`
    fragment MeetingParts on Meeting {
  id
  title
  isLocked
  endedAt
  spotlight {
    id
  }
  recording {
    id
    startedAt
  }
}
    `, {"fragmentName":"MeetingParts"}) as unknown as TypedDocumentString<MeetingPartsFragment, unknown>;
export const TrackPartsFragmentDoc = new TypedDocumentString(`
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
    `, {"fragmentName":"TrackParts"}) as unknown as TypedDocumentString<TrackPartsFragment, unknown>;
export const ParticipantPartsFragmentDoc = new TypedDocumentString(`
    fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}`, {"fragmentName":"ParticipantParts"}) as unknown as TypedDocumentString<ParticipantPartsFragment, unknown>;
export const ParticipantPageFragmentDoc = new TypedDocumentString(`
    fragment ParticipantPage on MeetingParticipantConnection {
  edges {
    node {
      ...ParticipantParts
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}`, {"fragmentName":"ParticipantPage"}) as unknown as TypedDocumentString<ParticipantPageFragment, unknown>;
export const TransportPartsFragmentDoc = new TypedDocumentString(`
    fragment TransportParts on MediaTransport {
  transportId
  iceParameters
  iceCandidates
  dtlsParameters
  sctpParameters
}
    `, {"fragmentName":"TransportParts"}) as unknown as TypedDocumentString<TransportPartsFragment, unknown>;
export const JoinMeetingDocument = new TypedDocumentString(`
    mutation JoinMeeting($meetingId: ID!) {
  joinMeeting(input: {meetingId: $meetingId}) {
    participant {
      ...ParticipantParts
    }
    meeting {
      ...MeetingParts
      participants(first: 100) {
        ...ParticipantPage
      }
    }
    session {
      ticket
      routerRtpCapabilities
      sendTransport {
        ...TransportParts
      }
      receiveTransport {
        ...TransportParts
      }
    }
    mode
    iceServers {
      urls
      username
      credential
    }
    changesAfter
    ownChangesAfter
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}
fragment MeetingParts on Meeting {
  id
  title
  isLocked
  endedAt
  spotlight {
    id
  }
  recording {
    id
    startedAt
  }
}
fragment ParticipantPage on MeetingParticipantConnection {
  edges {
    node {
      ...ParticipantParts
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
fragment TransportParts on MediaTransport {
  transportId
  iceParameters
  iceCandidates
  dtlsParameters
  sctpParameters
}`, {"hash":"sha256:ec7059ac3097a9b6a33c2b2a7d2a24241eabcc755833284afa1874afa576dda9"}) as unknown as TypedDocumentString<JoinMeetingMutation, JoinMeetingMutationVariables>;
export const LoadParticipantsDocument = new TypedDocumentString(`
    query LoadParticipants($meetingId: ID!, $after: String) {
  meeting(id: $meetingId) {
    participants(first: 100, after: $after) {
      ...ParticipantPage
    }
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}
fragment ParticipantPage on MeetingParticipantConnection {
  edges {
    node {
      ...ParticipantParts
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`, {"hash":"sha256:609c1527a6f4ebaa1c61fec21a3cdae707917f876d306c6a099f9b90307f234d"}) as unknown as TypedDocumentString<LoadParticipantsQuery, LoadParticipantsQueryVariables>;
export const LoadMyStateDocument = new TypedDocumentString(`
    query LoadMyState($meetingId: ID!) {
  meeting(id: $meetingId) {
    me {
      state
    }
  }
}
    `, {"hash":"sha256:e0075230ad800c99b3a701bdae1a3dc24b5e2ee0f6e0a0402ab80e14674c58c9"}) as unknown as TypedDocumentString<LoadMyStateQuery, LoadMyStateQueryVariables>;
export const LoadMyQualityDocument = new TypedDocumentString(`
    query LoadMyQuality($meetingId: ID!) {
  meeting(id: $meetingId) {
    me {
      quality {
        level
      }
    }
  }
}
    `, {"hash":"sha256:3cec6995f3828cbab1237d08bf52b0df734661fbe9bae957795708f1d9e36b14"}) as unknown as TypedDocumentString<LoadMyQualityQuery, LoadMyQualityQueryVariables>;
export const WatchMeetingDocument = new TypedDocumentString(`
    subscription WatchMeeting($id: ID!, $after: String) {
  meetingChanged(id: $id, after: $after) {
    kind
    cursor
    meeting {
      ...MeetingParts
    }
    participant {
      ...ParticipantParts
    }
    track {
      id
    }
    text
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}
fragment MeetingParts on Meeting {
  id
  title
  isLocked
  endedAt
  spotlight {
    id
  }
  recording {
    id
    startedAt
  }
}`, {"hash":"sha256:23efe80f787ac1388ace39c104905f311d134eecf781ce0558e49fbf83b45659"}) as unknown as TypedDocumentString<WatchMeetingSubscription, WatchMeetingSubscriptionVariables>;
export const WatchParticipantDocument = new TypedDocumentString(`
    subscription WatchParticipant($id: ID!, $after: String) {
  participantChanged(id: $id, after: $after) {
    kind
    cursor
    participant {
      id
      state
    }
    track {
      id
    }
    from {
      id
    }
    signal
  }
}
    `, {"hash":"sha256:6a6e80951071886e27b718d299282da665a62b39f49e4c356fdb1aec2f8a64d0"}) as unknown as TypedDocumentString<WatchParticipantSubscription, WatchParticipantSubscriptionVariables>;
export const SendSignalDocument = new TypedDocumentString(`
    mutation SendSignal($input: SendSignalInput!) {
  sendSignal(input: $input)
}
    `, {"hash":"sha256:a160ae8475822a837ae009a0e99ff0e08c202c5688885e8eb9ee03016a2df23d"}) as unknown as TypedDocumentString<SendSignalMutation, SendSignalMutationVariables>;
export const SendTracksDocument = new TypedDocumentString(`
    mutation SendTracks($connect: ConnectTransportInput!, $isConnected: Boolean!, $first: ProduceInput!, $second: ProduceInput!, $isOne: Boolean!) {
  connectTransport(input: $connect) @skip(if: $isConnected)
  first: produce(input: $first) {
    ...TrackParts
  }
  second: produce(input: $second) @skip(if: $isOne) {
    ...TrackParts
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}`, {"hash":"sha256:076b827a785e76dd6e6ca620a9b62fac0006894ac662af70010a2080208290b3"}) as unknown as TypedDocumentString<SendTracksMutation, SendTracksMutationVariables>;
export const ConnectTransportDocument = new TypedDocumentString(`
    mutation ConnectTransport($input: ConnectTransportInput!) {
  connectTransport(input: $input)
}
    `, {"hash":"sha256:80013632a0d334b49f6522f10943b2bedfa949287dda78034cb5b252640dcdc1"}) as unknown as TypedDocumentString<ConnectTransportMutation, ConnectTransportMutationVariables>;
export const ConsumeTracksDocument = new TypedDocumentString(`
    mutation ConsumeTracks($input: ConsumeInput!) {
  consume(input: $input) {
    consumers {
      consumerId
      producerId
      kind
      rtpParameters
      track {
        id
      }
    }
    refused {
      trackId
      code
    }
  }
}
    `, {"hash":"sha256:9032b84c7d418ef589084116b51d68b0a22e380f933038c0cac51427adb5afaf"}) as unknown as TypedDocumentString<ConsumeTracksMutation, ConsumeTracksMutationVariables>;
export const ResumeConsumersDocument = new TypedDocumentString(`
    mutation ResumeConsumers($input: ConsumersInput!) {
  resumeConsumers(input: $input)
}
    `, {"hash":"sha256:ad8395e1269050b58a41415f4f2da9525397fa3262befa882c3307aebee5802f"}) as unknown as TypedDocumentString<ResumeConsumersMutation, ResumeConsumersMutationVariables>;
export const RestartIceDocument = new TypedDocumentString(`
    mutation RestartIce($input: TransportInput!) {
  restartIce(input: $input) {
    iceParameters
  }
}
    `, {"hash":"sha256:d1da31495f3ffc7a33cee4ab5cb7d293c0f27d7b3cd85d25420ce1d09ab3f9b7"}) as unknown as TypedDocumentString<RestartIceMutation, RestartIceMutationVariables>;
export const SetTrackPausedDocument = new TypedDocumentString(`
    mutation SetTrackPaused($input: SetTrackPausedInput!) {
  setTrackPaused(input: $input) {
    ...TrackParts
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}`, {"hash":"sha256:58920855e1f65317d36060f6bdddc4d6a4ad9b2d6e2c30fff7cf6de031c5f6d3"}) as unknown as TypedDocumentString<SetTrackPausedMutation, SetTrackPausedMutationVariables>;
export const CloseTrackDocument = new TypedDocumentString(`
    mutation CloseTrack($input: TrackInput!) {
  closeTrack(input: $input)
}
    `, {"hash":"sha256:6e5b29e38f0560844698a55dd6f9e0c0753f00865abb4f6bf8f6d0feebba3198"}) as unknown as TypedDocumentString<CloseTrackMutation, CloseTrackMutationVariables>;
export const ShowTilesDocument = new TypedDocumentString(`
    mutation ShowTiles($input: ShowTilesInput!) {
  showTiles(input: $input)
}
    `, {"hash":"sha256:0d80ca63f5df018eeaf5ae16412ce2d4ce62d98a252e62400d8c1782d2390863"}) as unknown as TypedDocumentString<ShowTilesMutation, ShowTilesMutationVariables>;
export const LeaveMeetingDocument = new TypedDocumentString(`
    mutation LeaveMeeting($meetingId: ID!, $ticket: String) {
  leaveMeeting(input: {meetingId: $meetingId}, ticket: $ticket)
}
    `, {"hash":"sha256:03a1f72c536bcace293b05524ec115cc27c3bfccdd9d1457fc3b41dc8a7a1fc7"}) as unknown as TypedDocumentString<LeaveMeetingMutation, LeaveMeetingMutationVariables>;
export const SetHandDocument = new TypedDocumentString(`
    mutation SetHand($input: SetHandInput!) {
  setHand(input: $input) {
    id
    handRaisedAt
  }
}
    `, {"hash":"sha256:01f98a4275359571322787ae066d81dc757050b377913aae20693b3091b475d4"}) as unknown as TypedDocumentString<SetHandMutation, SetHandMutationVariables>;
export const ReactDocument = new TypedDocumentString(`
    mutation React($input: ReactInput!) {
  react(input: $input)
}
    `, {"hash":"sha256:d9546cc053536ee5f2622a040929bb879b3680b898cea422ad7a321eb882c2d2"}) as unknown as TypedDocumentString<ReactMutation, ReactMutationVariables>;
export const CreateMeetingDocument = new TypedDocumentString(`
    mutation CreateMeeting($input: CreateMeetingInput!) {
  createMeeting(input: $input) {
    id
    title
  }
}
    `, {"hash":"sha256:ce988089f3838ecfc5fa56fa98963db23a7f05f1e4063756f7d9f659f9eb5753"}) as unknown as TypedDocumentString<CreateMeetingMutation, CreateMeetingMutationVariables>;
export const MyMeetingsDocument = new TypedDocumentString(`
    query MyMeetings {
  myMeetings(first: 20) {
    edges {
      node {
        id
        title
        endedAt
        participantCount
      }
    }
  }
}
    `, {"hash":"sha256:7dee7234179ec3370b1c8425ef7e3094c67a5b55620eed5e56d33b8f6e112a7f"}) as unknown as TypedDocumentString<MyMeetingsQuery, MyMeetingsQueryVariables>;
export const LoadWaitingDocument = new TypedDocumentString(`
    query LoadWaiting($meetingId: ID!) {
  meeting(id: $meetingId) {
    waitingParticipants(first: 100) {
      ...ParticipantPage
    }
  }
}
    fragment TrackParts on MediaTrack {
  id
  kind
  source
  isPaused
}
fragment ParticipantParts on MeetingParticipant {
  id
  user {
    id
    displayName
  }
  role
  state
  handRaisedAt
  permissions {
    maySpeak
    mayShowCamera
    mayShareScreen
    mayModerate
  }
  tracks {
    ...TrackParts
  }
}
fragment ParticipantPage on MeetingParticipantConnection {
  edges {
    node {
      ...ParticipantParts
    }
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`, {"hash":"sha256:9a48fdfe75e50793ee878875de41a57adee3b9671e3f9ad58cfa6eb0b07a0381"}) as unknown as TypedDocumentString<LoadWaitingQuery, LoadWaitingQueryVariables>;
export const AdmitParticipantDocument = new TypedDocumentString(`
    mutation AdmitParticipant($input: ParticipantInput!) {
  admitParticipant(input: $input) {
    id
  }
}
    `, {"hash":"sha256:0c722991d5223e1d5f93de505bb465cbbcc254e9ae81ff07ac0e2c60b43d8b3c"}) as unknown as TypedDocumentString<AdmitParticipantMutation, AdmitParticipantMutationVariables>;
export const DenyParticipantDocument = new TypedDocumentString(`
    mutation DenyParticipant($input: ParticipantInput!) {
  denyParticipant(input: $input) {
    id
  }
}
    `, {"hash":"sha256:69393cf1d43b97dede9a4c46f3a8892e3773a6b6a2ca7e2966df1de222cf9e43"}) as unknown as TypedDocumentString<DenyParticipantMutation, DenyParticipantMutationVariables>;
export const RemoveParticipantDocument = new TypedDocumentString(`
    mutation RemoveParticipant($input: ParticipantInput!) {
  removeParticipant(input: $input) {
    id
  }
}
    `, {"hash":"sha256:41c3c266075e8d1317fbbf49876aacc10ad2fda576c70f540967c58767d0f51c"}) as unknown as TypedDocumentString<RemoveParticipantMutation, RemoveParticipantMutationVariables>;
export const MuteParticipantDocument = new TypedDocumentString(`
    mutation MuteParticipant($input: ParticipantInput!) {
  muteParticipant(input: $input) {
    id
  }
}
    `, {"hash":"sha256:e78f748c0fc2743934ccdc746316c2d174a5a0b0ff63e73b243180acd61d2dc6"}) as unknown as TypedDocumentString<MuteParticipantMutation, MuteParticipantMutationVariables>;
export const AskToUnmuteDocument = new TypedDocumentString(`
    mutation AskToUnmute($input: ParticipantInput!) {
  askToUnmute(input: $input) {
    id
  }
}
    `, {"hash":"sha256:b2a1d07ac1402bbd2aa71f7d32bdad258012241e7f12c1fb1e78884c98cc3535"}) as unknown as TypedDocumentString<AskToUnmuteMutation, AskToUnmuteMutationVariables>;
export const LowerHandsDocument = new TypedDocumentString(`
    mutation LowerHands($input: LowerHandsInput!) {
  lowerHands(input: $input)
}
    `, {"hash":"sha256:e5ef2f43bd2bc591f7625174c5de42eea95f1379ffac3fbe9bb29cee1032309f"}) as unknown as TypedDocumentString<LowerHandsMutation, LowerHandsMutationVariables>;
export const SetMeetingLockedDocument = new TypedDocumentString(`
    mutation SetMeetingLocked($input: SetLockedInput!) {
  setMeetingLocked(input: $input) {
    id
    isLocked
  }
}
    `, {"hash":"sha256:b6ed5b0459b2c241f0f299a7ea64c8ba0c2dec2eba8717983b8b7e7460ed85ee"}) as unknown as TypedDocumentString<SetMeetingLockedMutation, SetMeetingLockedMutationVariables>;
export const EndMeetingDocument = new TypedDocumentString(`
    mutation EndMeeting($meetingId: ID!) {
  endMeeting(meetingId: $meetingId) {
    id
    endedAt
  }
}
    `, {"hash":"sha256:4c0c74c90a35f249a262c6ff12be3fcae46ced8f2c3fc42327660b99a7a8f340"}) as unknown as TypedDocumentString<EndMeetingMutation, EndMeetingMutationVariables>;
export const StartRecordingDocument = new TypedDocumentString(`
    mutation StartRecording($meetingId: ID!) {
  startRecording(input: {meetingId: $meetingId}) {
    id
  }
}
    `, {"hash":"sha256:2c8746d9d4e93aecdb5e0d91a034023b0b5375cdf5aa1b0382bd017e96c4fdbe"}) as unknown as TypedDocumentString<StartRecordingMutation, StartRecordingMutationVariables>;
export const StopRecordingDocument = new TypedDocumentString(`
    mutation StopRecording($meetingId: ID!) {
  stopRecording(input: {meetingId: $meetingId}) {
    id
  }
}
    `, {"hash":"sha256:f9ddd656107aa268be67bf0dd75105daf1dd1713b81d8f540b0d3b1a705c0f5e"}) as unknown as TypedDocumentString<StopRecordingMutation, StopRecordingMutationVariables>;
export const LoadRecordingsDocument = new TypedDocumentString(`
    query LoadRecordings($meetingId: ID!) {
  meeting(id: $meetingId) {
    recordings(first: 20) {
      edges {
        node {
          id
          state
          startedAt
          durationSeconds
          error {
            message
          }
          url
        }
      }
    }
  }
}
    `, {"hash":"sha256:2e633f2e14a29b9d9547fe99a8ac1afc71859d6cfffa0613bab89019300ea054"}) as unknown as TypedDocumentString<LoadRecordingsQuery, LoadRecordingsQueryVariables>;
export const CreateNotebookDocument = new TypedDocumentString(`
    mutation CreateNotebook($input: CreateNotebookInput!) {
  createNotebook(input: $input) {
    id
  }
}
    `, {"hash":"sha256:ef7c3f9afa2aca770ba0ed00edd6888cedc1ad3a07d79fb27ac4342a0841bb69"}) as unknown as TypedDocumentString<CreateNotebookMutation, CreateNotebookMutationVariables>;
export const CreateUploadDocument = new TypedDocumentString(`
    mutation CreateUpload($input: CreateUploadInput!) {
  createUpload(input: $input) {
    file {
      id
    }
    url
    method
    headers {
      name
      value
    }
  }
}
    `, {"hash":"sha256:7ab12d9f440a8d7b1f8ef89c70ad9eed8b88dc7275b770642cf9a96c07255e1f"}) as unknown as TypedDocumentString<CreateUploadMutation, CreateUploadMutationVariables>;
export const CompleteUploadDocument = new TypedDocumentString(`
    mutation CompleteUpload($fileId: ID!) {
  completeUpload(fileId: $fileId) {
    id
  }
}
    `, {"hash":"sha256:acb388ff1d3b5b2cf7b7c422ffd186dfd333880b73a67a3e7eb21c02df3d070e"}) as unknown as TypedDocumentString<CompleteUploadMutation, CompleteUploadMutationVariables>;
export const ImportFileDocument = new TypedDocumentString(`
    mutation ImportFile($input: ImportFileInput!) {
  importFile(input: $input) {
    id
  }
}
    `, {"hash":"sha256:0e82a4362bdb72d17d5688bbb0a75ca2f8215470690ff0c1ceab16dcf89c75e7"}) as unknown as TypedDocumentString<ImportFileMutation, ImportFileMutationVariables>;
export const CancelImportDocument = new TypedDocumentString(`
    mutation CancelImport($importId: ID!) {
  cancelImport(importId: $importId) {
    id
    state
  }
}
    `, {"hash":"sha256:65eac8173f6bace0db0e099ab105f035d97f54ac3520c4e049ced3fb4ab70d44"}) as unknown as TypedDocumentString<CancelImportMutation, CancelImportMutationVariables>;
export const LoadNotebookDocument = new TypedDocumentString(`
    query LoadNotebook($id: ID!) {
  notebook(id: $id) {
    id
    title
    pageCount
    pages(first: 100) {
      edges {
        node {
          id
          number
          state
          text
          textSource
          thumbnail {
            url
            width
            height
          }
          error {
            message
          }
        }
      }
    }
    imports(first: 1) {
      edges {
        node {
          id
          state
          progress {
            fraction
            pagesFound
            pagesRead
            pagesFailed
          }
          error {
            code
            message
          }
        }
      }
    }
    summary {
      state
      short
      medium
      long
      keywords {
        term
        weight
      }
    }
  }
}
    `, {"hash":"sha256:cee137913d41cb8630e840c718d4281b2b8a9a1e28ab2c936860a58c4cbdf3d8"}) as unknown as TypedDocumentString<LoadNotebookQuery, LoadNotebookQueryVariables>;
export const WatchNotebookDocument = new TypedDocumentString(`
    subscription WatchNotebook($id: ID!, $after: String) {
  notebookChanged(id: $id, after: $after) {
    kind
    cursor
  }
}
    `, {"hash":"sha256:22912d73c1886b93770177cedb9a37b7a2eec9aee08173b1eecb33f1d9f2f258"}) as unknown as TypedDocumentString<WatchNotebookSubscription, WatchNotebookSubscriptionVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    accessTokenExpiresAt
    refreshToken
    user {
      displayName
    }
  }
}
    `, {"hash":"sha256:ffa36053cc56fe10333e20691949334acaf9c2f103eb73f5ea8e302153f4ac11"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($refreshToken: String!) {
  refreshSession(input: {refreshToken: $refreshToken}) {
    accessToken
    accessTokenExpiresAt
    refreshToken
  }
}
    `, {"hash":"sha256:ebe9794c88c447e743fc84f1c0e9183175d5948c717c31073f37123a127f72bf"}) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;