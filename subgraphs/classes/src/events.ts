import type { Logger } from '@terakoya/common/logging';
import { counter } from '@terakoya/common/telemetry';

export type ClassEvents = ReturnType<typeof createClassEvents>;

/** The business events of classes: each a count and a log line with ids. */
export function createClassEvents(logger: Logger) {
  const happened = counter('terakoya_class_events_total', 'Class events by kind.', ['kind']);
  const tell = (kind: string, facts: object): void => {
    happened.inc({ kind });
    logger.info(facts, kind);
  };
  return {
    created: (classId: string, userId: string) => tell('class-created', { classId, userId }),
    joined: (classId: string, userId: string) => tell('class-joined', { classId, userId }),
    left: (classId: string, userId: string) => tell('class-left', { classId, userId }),
    roleSet: (classId: string, userId: string, role: string) => tell('class-role-set', { classId, userId, role }),
  };
}
