import { openAiError } from '../../../workers/tests/fake-openai';
import { visionError } from '../../../workers/tests/fake-vision';
import type { WatchedSchool } from '../watched-school';
import { openClass } from './class';
import { cancelAnImport, importAndRead, importBadFile } from './imports';
import { holdLesson } from './lesson';
import { listenAndReconnect, listenByEventStream } from './listening';
import { tryWhatIsRefused } from './refusals';

const PUPILS = 3;

/**
 * A day in a few minutes, in which something of everything happens: a class comes together, documents become text and are
 * summarised by vendors that fail now and then, people listen, a lesson is held and recorded, and much is refused.
 */
export async function liveSchoolDay(watched: WatchedSchool, report: (line: string) => void): Promise<void> {
  const { under, openAi, vision } = watched;
  report('a class comes together …');
  const { teacher, pupils } = await openClass(under, PUPILS);
  const [first = teacher, second = teacher, third = teacher] = pupils;
  report('documents are imported and summarised …');
  await importAndRead(first, 'lesson.pdf');
  await Promise.all([importAndRead(second, 'scan-ja.pdf'), importAndRead(third, 'photo-en.jpg')]);
  report('vendors fail …');
  openAi.next(...Array.from({ length: 8 }, () => openAiError(503, 'server_error')));
  vision.next(...Array.from({ length: 8 }, () => visionError(503, 'UNAVAILABLE')));
  await importAndRead(first, 'photo-en.jpg');
  report('a file is broken, an import is cancelled …');
  await importBadFile(second);
  await cancelAnImport(third);
  report('people listen …');
  await listenAndReconnect(first);
  await listenByEventStream(under);
  report('what is not allowed is refused …');
  await tryWhatIsRefused(under, first);
  report('a lesson is held in two browsers and recorded …');
  await holdLesson(under, teacher);
  // A rate needs two scrapes: what has happened in one of them alone happens once more.
  report('a last page is read …');
  await importAndRead(third, 'scan-ja.pdf');
}
