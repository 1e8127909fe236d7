/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment TrackParts on MediaTrack {\n    id\n    kind\n    source\n    isPaused\n  }\n": typeof types.TrackPartsFragmentDoc,
    "\n  fragment ParticipantParts on MeetingParticipant {\n    id\n    user {\n      id\n      displayName\n    }\n    role\n    state\n    handRaisedAt\n    permissions {\n      maySpeak\n      mayShowCamera\n      mayShareScreen\n      mayModerate\n    }\n    tracks {\n      ...TrackParts\n    }\n  }\n": typeof types.ParticipantPartsFragmentDoc,
    "\n  fragment MeetingParts on Meeting {\n    id\n    title\n    isLocked\n    endedAt\n    spotlight {\n      id\n    }\n    recording {\n      id\n      startedAt\n    }\n  }\n": typeof types.MeetingPartsFragmentDoc,
    "\n  fragment ParticipantPage on MeetingParticipantConnection {\n    edges {\n      node {\n        ...ParticipantParts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.ParticipantPageFragmentDoc,
    "\n  fragment TransportParts on MediaTransport {\n    transportId\n    iceParameters\n    iceCandidates\n    dtlsParameters\n    sctpParameters\n  }\n": typeof types.TransportPartsFragmentDoc,
    "\n  mutation JoinMeeting($meetingId: ID!) {\n    joinMeeting(input: { meetingId: $meetingId }) {\n      participant {\n        ...ParticipantParts\n      }\n      meeting {\n        ...MeetingParts\n        participants(first: 100) {\n          ...ParticipantPage\n        }\n      }\n      session {\n        ticket\n        routerRtpCapabilities\n        sendTransport {\n          ...TransportParts\n        }\n        receiveTransport {\n          ...TransportParts\n        }\n      }\n      mode\n      iceServers {\n        urls\n        username\n        credential\n      }\n      changesAfter\n      ownChangesAfter\n    }\n  }\n": typeof types.JoinMeetingDocument,
    "\n  query LoadParticipants($meetingId: ID!, $after: String) {\n    meeting(id: $meetingId) {\n      participants(first: 100, after: $after) {\n        ...ParticipantPage\n      }\n    }\n  }\n": typeof types.LoadParticipantsDocument,
    "\n  query LoadMyState($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        state\n      }\n    }\n  }\n": typeof types.LoadMyStateDocument,
    "\n  query LoadMyQuality($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        quality {\n          level\n        }\n      }\n    }\n  }\n": typeof types.LoadMyQualityDocument,
    "\n  subscription WatchMeeting($id: ID!, $after: String) {\n    meetingChanged(id: $id, after: $after) {\n      kind\n      cursor\n      meeting {\n        ...MeetingParts\n      }\n      participant {\n        ...ParticipantParts\n      }\n      track {\n        id\n      }\n      text\n    }\n  }\n": typeof types.WatchMeetingDocument,
    "\n  subscription WatchParticipant($id: ID!, $after: String) {\n    participantChanged(id: $id, after: $after) {\n      kind\n      cursor\n      participant {\n        id\n        state\n      }\n      track {\n        id\n      }\n      from {\n        id\n      }\n      signal\n    }\n  }\n": typeof types.WatchParticipantDocument,
    "\n  mutation SendSignal($input: SendSignalInput!) {\n    sendSignal(input: $input)\n  }\n": typeof types.SendSignalDocument,
    "\n  mutation SendTracks(\n    $connect: ConnectTransportInput!\n    $isConnected: Boolean!\n    $first: ProduceInput!\n    $second: ProduceInput!\n    $isOne: Boolean!\n  ) {\n    connectTransport(input: $connect) @skip(if: $isConnected)\n    first: produce(input: $first) {\n      ...TrackParts\n    }\n    second: produce(input: $second) @skip(if: $isOne) {\n      ...TrackParts\n    }\n  }\n": typeof types.SendTracksDocument,
    "\n  mutation ConnectTransport($input: ConnectTransportInput!) {\n    connectTransport(input: $input)\n  }\n": typeof types.ConnectTransportDocument,
    "\n  mutation ConsumeTracks($input: ConsumeInput!) {\n    consume(input: $input) {\n      consumers {\n        consumerId\n        producerId\n        kind\n        rtpParameters\n        track {\n          id\n        }\n      }\n      refused {\n        trackId\n        code\n      }\n    }\n  }\n": typeof types.ConsumeTracksDocument,
    "\n  mutation ResumeConsumers($input: ConsumersInput!) {\n    resumeConsumers(input: $input)\n  }\n": typeof types.ResumeConsumersDocument,
    "\n  mutation RestartIce($input: TransportInput!) {\n    restartIce(input: $input) {\n      iceParameters\n    }\n  }\n": typeof types.RestartIceDocument,
    "\n  mutation SetTrackPaused($input: SetTrackPausedInput!) {\n    setTrackPaused(input: $input) {\n      ...TrackParts\n    }\n  }\n": typeof types.SetTrackPausedDocument,
    "\n  mutation CloseTrack($input: TrackInput!) {\n    closeTrack(input: $input)\n  }\n": typeof types.CloseTrackDocument,
    "\n  mutation ShowTiles($input: ShowTilesInput!) {\n    showTiles(input: $input)\n  }\n": typeof types.ShowTilesDocument,
    "\n  mutation LeaveMeeting($meetingId: ID!, $ticket: String) {\n    leaveMeeting(input: { meetingId: $meetingId }, ticket: $ticket)\n  }\n": typeof types.LeaveMeetingDocument,
    "\n  mutation SetHand($input: SetHandInput!) {\n    setHand(input: $input) {\n      id\n      handRaisedAt\n    }\n  }\n": typeof types.SetHandDocument,
    "\n  mutation React($input: ReactInput!) {\n    react(input: $input)\n  }\n": typeof types.ReactDocument,
    "\n  mutation CreateMeeting($input: CreateMeetingInput!) {\n    createMeeting(input: $input) {\n      id\n      title\n    }\n  }\n": typeof types.CreateMeetingDocument,
    "\n  query MyMeetings {\n    myMeetings(first: 20) {\n      edges {\n        node {\n          id\n          title\n          endedAt\n          participantCount\n        }\n      }\n    }\n  }\n": typeof types.MyMeetingsDocument,
    "\n  query LoadWaiting($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      waitingParticipants(first: 100) {\n        ...ParticipantPage\n      }\n    }\n  }\n": typeof types.LoadWaitingDocument,
    "\n  mutation AdmitParticipant($input: ParticipantInput!) {\n    admitParticipant(input: $input) {\n      id\n    }\n  }\n": typeof types.AdmitParticipantDocument,
    "\n  mutation DenyParticipant($input: ParticipantInput!) {\n    denyParticipant(input: $input) {\n      id\n    }\n  }\n": typeof types.DenyParticipantDocument,
    "\n  mutation RemoveParticipant($input: ParticipantInput!) {\n    removeParticipant(input: $input) {\n      id\n    }\n  }\n": typeof types.RemoveParticipantDocument,
    "\n  mutation MuteParticipant($input: ParticipantInput!) {\n    muteParticipant(input: $input) {\n      id\n    }\n  }\n": typeof types.MuteParticipantDocument,
    "\n  mutation AskToUnmute($input: ParticipantInput!) {\n    askToUnmute(input: $input) {\n      id\n    }\n  }\n": typeof types.AskToUnmuteDocument,
    "\n  mutation LowerHands($input: LowerHandsInput!) {\n    lowerHands(input: $input)\n  }\n": typeof types.LowerHandsDocument,
    "\n  mutation SetMeetingLocked($input: SetLockedInput!) {\n    setMeetingLocked(input: $input) {\n      id\n      isLocked\n    }\n  }\n": typeof types.SetMeetingLockedDocument,
    "\n  mutation EndMeeting($meetingId: ID!) {\n    endMeeting(meetingId: $meetingId) {\n      id\n      endedAt\n    }\n  }\n": typeof types.EndMeetingDocument,
    "\n  mutation StartRecording($meetingId: ID!) {\n    startRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n": typeof types.StartRecordingDocument,
    "\n  mutation StopRecording($meetingId: ID!) {\n    stopRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n": typeof types.StopRecordingDocument,
    "\n  query LoadRecordings($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      recordings(first: 20) {\n        edges {\n          node {\n            id\n            state\n            startedAt\n            durationSeconds\n            error {\n              message\n            }\n            url\n          }\n        }\n      }\n    }\n  }\n": typeof types.LoadRecordingsDocument,
    "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n": typeof types.CreateNotebookDocument,
    "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n": typeof types.CreateUploadDocument,
    "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n": typeof types.CompleteUploadDocument,
    "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n": typeof types.ImportFileDocument,
    "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n": typeof types.CancelImportDocument,
    "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n": typeof types.LoadNotebookDocument,
    "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n": typeof types.WatchNotebookDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        displayName\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(input: { refreshToken: $refreshToken }) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n  }\n": typeof types.RefreshSessionDocument,
};
const documents: Documents = {
    "\n  fragment TrackParts on MediaTrack {\n    id\n    kind\n    source\n    isPaused\n  }\n": types.TrackPartsFragmentDoc,
    "\n  fragment ParticipantParts on MeetingParticipant {\n    id\n    user {\n      id\n      displayName\n    }\n    role\n    state\n    handRaisedAt\n    permissions {\n      maySpeak\n      mayShowCamera\n      mayShareScreen\n      mayModerate\n    }\n    tracks {\n      ...TrackParts\n    }\n  }\n": types.ParticipantPartsFragmentDoc,
    "\n  fragment MeetingParts on Meeting {\n    id\n    title\n    isLocked\n    endedAt\n    spotlight {\n      id\n    }\n    recording {\n      id\n      startedAt\n    }\n  }\n": types.MeetingPartsFragmentDoc,
    "\n  fragment ParticipantPage on MeetingParticipantConnection {\n    edges {\n      node {\n        ...ParticipantParts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.ParticipantPageFragmentDoc,
    "\n  fragment TransportParts on MediaTransport {\n    transportId\n    iceParameters\n    iceCandidates\n    dtlsParameters\n    sctpParameters\n  }\n": types.TransportPartsFragmentDoc,
    "\n  mutation JoinMeeting($meetingId: ID!) {\n    joinMeeting(input: { meetingId: $meetingId }) {\n      participant {\n        ...ParticipantParts\n      }\n      meeting {\n        ...MeetingParts\n        participants(first: 100) {\n          ...ParticipantPage\n        }\n      }\n      session {\n        ticket\n        routerRtpCapabilities\n        sendTransport {\n          ...TransportParts\n        }\n        receiveTransport {\n          ...TransportParts\n        }\n      }\n      mode\n      iceServers {\n        urls\n        username\n        credential\n      }\n      changesAfter\n      ownChangesAfter\n    }\n  }\n": types.JoinMeetingDocument,
    "\n  query LoadParticipants($meetingId: ID!, $after: String) {\n    meeting(id: $meetingId) {\n      participants(first: 100, after: $after) {\n        ...ParticipantPage\n      }\n    }\n  }\n": types.LoadParticipantsDocument,
    "\n  query LoadMyState($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        state\n      }\n    }\n  }\n": types.LoadMyStateDocument,
    "\n  query LoadMyQuality($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        quality {\n          level\n        }\n      }\n    }\n  }\n": types.LoadMyQualityDocument,
    "\n  subscription WatchMeeting($id: ID!, $after: String) {\n    meetingChanged(id: $id, after: $after) {\n      kind\n      cursor\n      meeting {\n        ...MeetingParts\n      }\n      participant {\n        ...ParticipantParts\n      }\n      track {\n        id\n      }\n      text\n    }\n  }\n": types.WatchMeetingDocument,
    "\n  subscription WatchParticipant($id: ID!, $after: String) {\n    participantChanged(id: $id, after: $after) {\n      kind\n      cursor\n      participant {\n        id\n        state\n      }\n      track {\n        id\n      }\n      from {\n        id\n      }\n      signal\n    }\n  }\n": types.WatchParticipantDocument,
    "\n  mutation SendSignal($input: SendSignalInput!) {\n    sendSignal(input: $input)\n  }\n": types.SendSignalDocument,
    "\n  mutation SendTracks(\n    $connect: ConnectTransportInput!\n    $isConnected: Boolean!\n    $first: ProduceInput!\n    $second: ProduceInput!\n    $isOne: Boolean!\n  ) {\n    connectTransport(input: $connect) @skip(if: $isConnected)\n    first: produce(input: $first) {\n      ...TrackParts\n    }\n    second: produce(input: $second) @skip(if: $isOne) {\n      ...TrackParts\n    }\n  }\n": types.SendTracksDocument,
    "\n  mutation ConnectTransport($input: ConnectTransportInput!) {\n    connectTransport(input: $input)\n  }\n": types.ConnectTransportDocument,
    "\n  mutation ConsumeTracks($input: ConsumeInput!) {\n    consume(input: $input) {\n      consumers {\n        consumerId\n        producerId\n        kind\n        rtpParameters\n        track {\n          id\n        }\n      }\n      refused {\n        trackId\n        code\n      }\n    }\n  }\n": types.ConsumeTracksDocument,
    "\n  mutation ResumeConsumers($input: ConsumersInput!) {\n    resumeConsumers(input: $input)\n  }\n": types.ResumeConsumersDocument,
    "\n  mutation RestartIce($input: TransportInput!) {\n    restartIce(input: $input) {\n      iceParameters\n    }\n  }\n": types.RestartIceDocument,
    "\n  mutation SetTrackPaused($input: SetTrackPausedInput!) {\n    setTrackPaused(input: $input) {\n      ...TrackParts\n    }\n  }\n": types.SetTrackPausedDocument,
    "\n  mutation CloseTrack($input: TrackInput!) {\n    closeTrack(input: $input)\n  }\n": types.CloseTrackDocument,
    "\n  mutation ShowTiles($input: ShowTilesInput!) {\n    showTiles(input: $input)\n  }\n": types.ShowTilesDocument,
    "\n  mutation LeaveMeeting($meetingId: ID!, $ticket: String) {\n    leaveMeeting(input: { meetingId: $meetingId }, ticket: $ticket)\n  }\n": types.LeaveMeetingDocument,
    "\n  mutation SetHand($input: SetHandInput!) {\n    setHand(input: $input) {\n      id\n      handRaisedAt\n    }\n  }\n": types.SetHandDocument,
    "\n  mutation React($input: ReactInput!) {\n    react(input: $input)\n  }\n": types.ReactDocument,
    "\n  mutation CreateMeeting($input: CreateMeetingInput!) {\n    createMeeting(input: $input) {\n      id\n      title\n    }\n  }\n": types.CreateMeetingDocument,
    "\n  query MyMeetings {\n    myMeetings(first: 20) {\n      edges {\n        node {\n          id\n          title\n          endedAt\n          participantCount\n        }\n      }\n    }\n  }\n": types.MyMeetingsDocument,
    "\n  query LoadWaiting($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      waitingParticipants(first: 100) {\n        ...ParticipantPage\n      }\n    }\n  }\n": types.LoadWaitingDocument,
    "\n  mutation AdmitParticipant($input: ParticipantInput!) {\n    admitParticipant(input: $input) {\n      id\n    }\n  }\n": types.AdmitParticipantDocument,
    "\n  mutation DenyParticipant($input: ParticipantInput!) {\n    denyParticipant(input: $input) {\n      id\n    }\n  }\n": types.DenyParticipantDocument,
    "\n  mutation RemoveParticipant($input: ParticipantInput!) {\n    removeParticipant(input: $input) {\n      id\n    }\n  }\n": types.RemoveParticipantDocument,
    "\n  mutation MuteParticipant($input: ParticipantInput!) {\n    muteParticipant(input: $input) {\n      id\n    }\n  }\n": types.MuteParticipantDocument,
    "\n  mutation AskToUnmute($input: ParticipantInput!) {\n    askToUnmute(input: $input) {\n      id\n    }\n  }\n": types.AskToUnmuteDocument,
    "\n  mutation LowerHands($input: LowerHandsInput!) {\n    lowerHands(input: $input)\n  }\n": types.LowerHandsDocument,
    "\n  mutation SetMeetingLocked($input: SetLockedInput!) {\n    setMeetingLocked(input: $input) {\n      id\n      isLocked\n    }\n  }\n": types.SetMeetingLockedDocument,
    "\n  mutation EndMeeting($meetingId: ID!) {\n    endMeeting(meetingId: $meetingId) {\n      id\n      endedAt\n    }\n  }\n": types.EndMeetingDocument,
    "\n  mutation StartRecording($meetingId: ID!) {\n    startRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n": types.StartRecordingDocument,
    "\n  mutation StopRecording($meetingId: ID!) {\n    stopRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n": types.StopRecordingDocument,
    "\n  query LoadRecordings($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      recordings(first: 20) {\n        edges {\n          node {\n            id\n            state\n            startedAt\n            durationSeconds\n            error {\n              message\n            }\n            url\n          }\n        }\n      }\n    }\n  }\n": types.LoadRecordingsDocument,
    "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n": types.CreateNotebookDocument,
    "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n": types.CreateUploadDocument,
    "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n": types.CompleteUploadDocument,
    "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n": types.ImportFileDocument,
    "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n": types.CancelImportDocument,
    "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n": types.LoadNotebookDocument,
    "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n": types.WatchNotebookDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        displayName\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(input: { refreshToken: $refreshToken }) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n  }\n": types.RefreshSessionDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrackParts on MediaTrack {\n    id\n    kind\n    source\n    isPaused\n  }\n"): typeof import('./graphql').TrackPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ParticipantParts on MeetingParticipant {\n    id\n    user {\n      id\n      displayName\n    }\n    role\n    state\n    handRaisedAt\n    permissions {\n      maySpeak\n      mayShowCamera\n      mayShareScreen\n      mayModerate\n    }\n    tracks {\n      ...TrackParts\n    }\n  }\n"): typeof import('./graphql').ParticipantPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MeetingParts on Meeting {\n    id\n    title\n    isLocked\n    endedAt\n    spotlight {\n      id\n    }\n    recording {\n      id\n      startedAt\n    }\n  }\n"): typeof import('./graphql').MeetingPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ParticipantPage on MeetingParticipantConnection {\n    edges {\n      node {\n        ...ParticipantParts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): typeof import('./graphql').ParticipantPageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TransportParts on MediaTransport {\n    transportId\n    iceParameters\n    iceCandidates\n    dtlsParameters\n    sctpParameters\n  }\n"): typeof import('./graphql').TransportPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinMeeting($meetingId: ID!) {\n    joinMeeting(input: { meetingId: $meetingId }) {\n      participant {\n        ...ParticipantParts\n      }\n      meeting {\n        ...MeetingParts\n        participants(first: 100) {\n          ...ParticipantPage\n        }\n      }\n      session {\n        ticket\n        routerRtpCapabilities\n        sendTransport {\n          ...TransportParts\n        }\n        receiveTransport {\n          ...TransportParts\n        }\n      }\n      mode\n      iceServers {\n        urls\n        username\n        credential\n      }\n      changesAfter\n      ownChangesAfter\n    }\n  }\n"): typeof import('./graphql').JoinMeetingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadParticipants($meetingId: ID!, $after: String) {\n    meeting(id: $meetingId) {\n      participants(first: 100, after: $after) {\n        ...ParticipantPage\n      }\n    }\n  }\n"): typeof import('./graphql').LoadParticipantsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadMyState($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        state\n      }\n    }\n  }\n"): typeof import('./graphql').LoadMyStateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadMyQuality($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      me {\n        quality {\n          level\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LoadMyQualityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchMeeting($id: ID!, $after: String) {\n    meetingChanged(id: $id, after: $after) {\n      kind\n      cursor\n      meeting {\n        ...MeetingParts\n      }\n      participant {\n        ...ParticipantParts\n      }\n      track {\n        id\n      }\n      text\n    }\n  }\n"): typeof import('./graphql').WatchMeetingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchParticipant($id: ID!, $after: String) {\n    participantChanged(id: $id, after: $after) {\n      kind\n      cursor\n      participant {\n        id\n        state\n      }\n      track {\n        id\n      }\n      from {\n        id\n      }\n      signal\n    }\n  }\n"): typeof import('./graphql').WatchParticipantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendSignal($input: SendSignalInput!) {\n    sendSignal(input: $input)\n  }\n"): typeof import('./graphql').SendSignalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendTracks(\n    $connect: ConnectTransportInput!\n    $isConnected: Boolean!\n    $first: ProduceInput!\n    $second: ProduceInput!\n    $isOne: Boolean!\n  ) {\n    connectTransport(input: $connect) @skip(if: $isConnected)\n    first: produce(input: $first) {\n      ...TrackParts\n    }\n    second: produce(input: $second) @skip(if: $isOne) {\n      ...TrackParts\n    }\n  }\n"): typeof import('./graphql').SendTracksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConnectTransport($input: ConnectTransportInput!) {\n    connectTransport(input: $input)\n  }\n"): typeof import('./graphql').ConnectTransportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsumeTracks($input: ConsumeInput!) {\n    consume(input: $input) {\n      consumers {\n        consumerId\n        producerId\n        kind\n        rtpParameters\n        track {\n          id\n        }\n      }\n      refused {\n        trackId\n        code\n      }\n    }\n  }\n"): typeof import('./graphql').ConsumeTracksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeConsumers($input: ConsumersInput!) {\n    resumeConsumers(input: $input)\n  }\n"): typeof import('./graphql').ResumeConsumersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestartIce($input: TransportInput!) {\n    restartIce(input: $input) {\n      iceParameters\n    }\n  }\n"): typeof import('./graphql').RestartIceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetTrackPaused($input: SetTrackPausedInput!) {\n    setTrackPaused(input: $input) {\n      ...TrackParts\n    }\n  }\n"): typeof import('./graphql').SetTrackPausedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CloseTrack($input: TrackInput!) {\n    closeTrack(input: $input)\n  }\n"): typeof import('./graphql').CloseTrackDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShowTiles($input: ShowTilesInput!) {\n    showTiles(input: $input)\n  }\n"): typeof import('./graphql').ShowTilesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveMeeting($meetingId: ID!, $ticket: String) {\n    leaveMeeting(input: { meetingId: $meetingId }, ticket: $ticket)\n  }\n"): typeof import('./graphql').LeaveMeetingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetHand($input: SetHandInput!) {\n    setHand(input: $input) {\n      id\n      handRaisedAt\n    }\n  }\n"): typeof import('./graphql').SetHandDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation React($input: ReactInput!) {\n    react(input: $input)\n  }\n"): typeof import('./graphql').ReactDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateMeeting($input: CreateMeetingInput!) {\n    createMeeting(input: $input) {\n      id\n      title\n    }\n  }\n"): typeof import('./graphql').CreateMeetingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyMeetings {\n    myMeetings(first: 20) {\n      edges {\n        node {\n          id\n          title\n          endedAt\n          participantCount\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').MyMeetingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadWaiting($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      waitingParticipants(first: 100) {\n        ...ParticipantPage\n      }\n    }\n  }\n"): typeof import('./graphql').LoadWaitingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AdmitParticipant($input: ParticipantInput!) {\n    admitParticipant(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').AdmitParticipantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DenyParticipant($input: ParticipantInput!) {\n    denyParticipant(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').DenyParticipantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveParticipant($input: ParticipantInput!) {\n    removeParticipant(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').RemoveParticipantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MuteParticipant($input: ParticipantInput!) {\n    muteParticipant(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').MuteParticipantDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AskToUnmute($input: ParticipantInput!) {\n    askToUnmute(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').AskToUnmuteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LowerHands($input: LowerHandsInput!) {\n    lowerHands(input: $input)\n  }\n"): typeof import('./graphql').LowerHandsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMeetingLocked($input: SetLockedInput!) {\n    setMeetingLocked(input: $input) {\n      id\n      isLocked\n    }\n  }\n"): typeof import('./graphql').SetMeetingLockedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMeeting($meetingId: ID!) {\n    endMeeting(meetingId: $meetingId) {\n      id\n      endedAt\n    }\n  }\n"): typeof import('./graphql').EndMeetingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRecording($meetingId: ID!) {\n    startRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n"): typeof import('./graphql').StartRecordingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopRecording($meetingId: ID!) {\n    stopRecording(input: { meetingId: $meetingId }) {\n      id\n    }\n  }\n"): typeof import('./graphql').StopRecordingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadRecordings($meetingId: ID!) {\n    meeting(id: $meetingId) {\n      recordings(first: 20) {\n        edges {\n          node {\n            id\n            state\n            startedAt\n            durationSeconds\n            error {\n              message\n            }\n            url\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LoadRecordingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateNotebook($input: CreateNotebookInput!) {\n    createNotebook(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').CreateNotebookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUpload($input: CreateUploadInput!) {\n    createUpload(input: $input) {\n      file {\n        id\n      }\n      url\n      method\n      headers {\n        name\n        value\n      }\n    }\n  }\n"): typeof import('./graphql').CreateUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteUpload($fileId: ID!) {\n    completeUpload(fileId: $fileId) {\n      id\n    }\n  }\n"): typeof import('./graphql').CompleteUploadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportFile($input: ImportFileInput!) {\n    importFile(input: $input) {\n      id\n    }\n  }\n"): typeof import('./graphql').ImportFileDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelImport($importId: ID!) {\n    cancelImport(importId: $importId) {\n      id\n      state\n    }\n  }\n"): typeof import('./graphql').CancelImportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LoadNotebook($id: ID!) {\n    notebook(id: $id) {\n      id\n      title\n      pageCount\n      pages(first: 100) {\n        edges {\n          node {\n            id\n            number\n            state\n            text\n            textSource\n            thumbnail {\n              url\n              width\n              height\n            }\n            error {\n              message\n            }\n          }\n        }\n      }\n      imports(first: 1) {\n        edges {\n          node {\n            id\n            state\n            progress {\n              fraction\n              pagesFound\n              pagesRead\n              pagesFailed\n            }\n            error {\n              code\n              message\n            }\n          }\n        }\n      }\n      summary {\n        state\n        short\n        medium\n        long\n        keywords {\n          term\n          weight\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').LoadNotebookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchNotebook($id: ID!, $after: String) {\n    notebookChanged(id: $id, after: $after) {\n      kind\n      cursor\n    }\n  }\n"): typeof import('./graphql').WatchNotebookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        displayName\n      }\n    }\n  }\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(input: { refreshToken: $refreshToken }) {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n  }\n"): typeof import('./graphql').RefreshSessionDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
