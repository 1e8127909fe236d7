/** How the key of an object is written in its global id: as it is when it is a UUID, else as base64url. */
type KeyForm = 'uuid' | 'text';

interface NodeFacts {
  readonly key: KeyForm;
  /** The subgraph that knows which objects of the type there are and who may see them. */
  readonly home: string;
}

/** Every type of the graph whose objects have a global id. A new one is added here, once. */
export const NODE_TYPES = {
  Class: { key: 'uuid', home: 'classes' },
  File: { key: 'uuid', home: 'files' },
  /** Its key is where it lies in the object store. */
  Image: { key: 'text', home: 'notes' },
  ImportJob: { key: 'uuid', home: 'notes' },
  MediaTrack: { key: 'uuid', home: 'meetings' },
  Meeting: { key: 'uuid', home: 'meetings' },
  MeetingCaption: { key: 'uuid', home: 'meetings' },
  MeetingMessage: { key: 'uuid', home: 'meetings' },
  MeetingParticipant: { key: 'uuid', home: 'meetings' },
  MeetingPoll: { key: 'uuid', home: 'meetings' },
  Notebook: { key: 'uuid', home: 'notes' },
  Page: { key: 'uuid', home: 'notes' },
  Recording: { key: 'uuid', home: 'meetings' },
  User: { key: 'uuid', home: 'accounts' },
  WhiteboardStroke: { key: 'uuid', home: 'meetings' },
} as const satisfies Record<string, NodeFacts>;

export type NodeName = keyof typeof NODE_TYPES;

/** Whether objects of the type have global ids. */
export function isNodeName(name: string): name is NodeName {
  return Object.hasOwn(NODE_TYPES, name);
}

/** `a Notebook`, `an Image`. */
export function withArticle(type: NodeName): string {
  const isVowelSpoken = /^[AEIO]/.test(type);
  return `${isVowelSpoken ? 'an' : 'a'} ${type}`;
}
