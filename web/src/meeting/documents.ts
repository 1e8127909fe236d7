import { graphql } from '../generated';

// Fragments are found by their names: what several documents ask for alike.
graphql(`
  fragment TrackParts on MediaTrack {
    id
    kind
    source
    isPaused
  }
`);

graphql(`
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
`);

graphql(`
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
`);

graphql(`
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
`);

graphql(`
  fragment TransportParts on MediaTransport {
    transportId
    iceParameters
    iceCandidates
    dtlsParameters
    sctpParameters
  }
`);

export const joinMeeting = graphql(`
  mutation JoinMeeting($meetingId: ID!) {
    joinMeeting(input: { meetingId: $meetingId }) {
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
`);

export const loadParticipants = graphql(`
  query LoadParticipants($meetingId: ID!, $after: String) {
    meeting(id: $meetingId) {
      participants(first: 100, after: $after) {
        ...ParticipantPage
      }
    }
  }
`);

export const loadMyState = graphql(`
  query LoadMyState($meetingId: ID!) {
    meeting(id: $meetingId) {
      me {
        state
      }
    }
  }
`);

export const loadMyQuality = graphql(`
  query LoadMyQuality($meetingId: ID!) {
    meeting(id: $meetingId) {
      me {
        quality {
          level
        }
      }
    }
  }
`);

export const watchMeeting = graphql(`
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
`);

export const watchParticipant = graphql(`
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
`);

export const sendSignal = graphql(`
  mutation SendSignal($input: SendSignalInput!) {
    sendSignal(input: $input)
  }
`);

/** Connects the transport unless it is, and begins to send one track or two: one request for a camera and a microphone. */
export const sendTracks = graphql(`
  mutation SendTracks(
    $connect: ConnectTransportInput!
    $isConnected: Boolean!
    $first: ProduceInput!
    $second: ProduceInput!
    $isOne: Boolean!
  ) {
    connectTransport(input: $connect) @skip(if: $isConnected)
    first: produce(input: $first) {
      ...TrackParts
    }
    second: produce(input: $second) @skip(if: $isOne) {
      ...TrackParts
    }
  }
`);

export const connectTransport = graphql(`
  mutation ConnectTransport($input: ConnectTransportInput!) {
    connectTransport(input: $input)
  }
`);

export const consumeTracks = graphql(`
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
`);

export const resumeConsumers = graphql(`
  mutation ResumeConsumers($input: ConsumersInput!) {
    resumeConsumers(input: $input)
  }
`);

export const restartIce = graphql(`
  mutation RestartIce($input: TransportInput!) {
    restartIce(input: $input) {
      iceParameters
    }
  }
`);

export const setTrackPaused = graphql(`
  mutation SetTrackPaused($input: SetTrackPausedInput!) {
    setTrackPaused(input: $input) {
      ...TrackParts
    }
  }
`);

export const closeTrack = graphql(`
  mutation CloseTrack($input: TrackInput!) {
    closeTrack(input: $input)
  }
`);

export const showTiles = graphql(`
  mutation ShowTiles($input: ShowTilesInput!) {
    showTiles(input: $input)
  }
`);

export const leaveMeeting = graphql(`
  mutation LeaveMeeting($meetingId: ID!, $ticket: String) {
    leaveMeeting(input: { meetingId: $meetingId }, ticket: $ticket)
  }
`);

export const setHand = graphql(`
  mutation SetHand($input: SetHandInput!) {
    setHand(input: $input) {
      id
      handRaisedAt
    }
  }
`);

export const react = graphql(`
  mutation React($input: ReactInput!) {
    react(input: $input)
  }
`);
