import { notebookChangedTopic } from './notebook-changed.topic';
import type { Topic } from './topic';

/** Every subscription field there is, by name. */
export const TOPICS: ReadonlyMap<string, Topic> = new Map([notebookChangedTopic].map((topic) => [topic.field, topic]));
