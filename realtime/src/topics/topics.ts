import { notebookChangedTopic } from './notebook-changed.topic';
import type { Topic } from './topic';

/** Every topic there is. */
export const TOPICS: readonly Topic[] = [notebookChangedTopic];
