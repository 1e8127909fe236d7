export { createEventLog, type EventLog } from './event-log';
export { compareEntryIds, type LoggedEvent, type NewEvent } from './entry';
export { consumeEvents, onEvent, type ConsumerOptions, type EventHandler } from './consumer';
export { tailEvents, type Tail, type TailOptions } from './tail';
export { decodeCursor, encodeCursor, readCursor, type Cursor, type Positions } from './cursor';
