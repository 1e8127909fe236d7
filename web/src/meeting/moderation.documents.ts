import { graphql } from '../generated';

export const createMeeting = graphql(`
  mutation CreateMeeting($input: CreateMeetingInput!) {
    createMeeting(input: $input) {
      id
      title
    }
  }
`);

export const myMeetings = graphql(`
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
`);

export const loadWaiting = graphql(`
  query LoadWaiting($meetingId: ID!) {
    meeting(id: $meetingId) {
      waitingParticipants(first: 100) {
        ...ParticipantPage
      }
    }
  }
`);

export const admitParticipant = graphql(`
  mutation AdmitParticipant($input: ParticipantInput!) {
    admitParticipant(input: $input) {
      id
    }
  }
`);

export const denyParticipant = graphql(`
  mutation DenyParticipant($input: ParticipantInput!) {
    denyParticipant(input: $input) {
      id
    }
  }
`);

export const removeParticipant = graphql(`
  mutation RemoveParticipant($input: ParticipantInput!) {
    removeParticipant(input: $input) {
      id
    }
  }
`);

export const muteParticipant = graphql(`
  mutation MuteParticipant($input: ParticipantInput!) {
    muteParticipant(input: $input) {
      id
    }
  }
`);

export const askToUnmute = graphql(`
  mutation AskToUnmute($input: ParticipantInput!) {
    askToUnmute(input: $input) {
      id
    }
  }
`);

export const lowerHands = graphql(`
  mutation LowerHands($input: LowerHandsInput!) {
    lowerHands(input: $input)
  }
`);

export const setMeetingLocked = graphql(`
  mutation SetMeetingLocked($input: SetLockedInput!) {
    setMeetingLocked(input: $input) {
      id
      isLocked
    }
  }
`);

export const endMeeting = graphql(`
  mutation EndMeeting($meetingId: ID!) {
    endMeeting(meetingId: $meetingId) {
      id
      endedAt
    }
  }
`);
