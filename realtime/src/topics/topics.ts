import { meetingChangedTopic } from './meeting-changed.topic';
import { notebookChangedTopic } from './notebook-changed.topic';
import { participantChangedTopic } from './participant-changed.topic';
import type { Topic } from './topic';

/** Every topic there is. */
export const TOPICS: readonly Topic[] = [notebookChangedTopic, meetingChangedTopic, participantChangedTopic];
