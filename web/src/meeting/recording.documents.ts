import { graphql } from '../generated';

export const startRecording = graphql(`
  mutation StartRecording($meetingId: ID!) {
    startRecording(input: { meetingId: $meetingId }) {
      id
    }
  }
`);

export const stopRecording = graphql(`
  mutation StopRecording($meetingId: ID!) {
    stopRecording(input: { meetingId: $meetingId }) {
      id
    }
  }
`);

export const loadRecordings = graphql(`
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
`);
