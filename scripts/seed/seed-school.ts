import { join } from 'node:path';

import {
  GraphError,
  SchoolClient,
  createNotebook,
  startImport,
  uploadFile,
  watchImport,
} from '@terakoya/common/school-client';

const FIXTURES = join(__dirname, '..', '..', 'tests', 'fixtures');
const DOMAIN = 'demo.terakoya.school';
const PUPILS = 3;
const DAY_MS = 86_400_000;

const CLASSES = [
  { name: 'Mathematics 7a', description: 'Numbers and how to write them down.', lessons: ['Fractions', 'Percentages'] },
  { name: 'Japanese 7a', description: 'Reading and writing.', lessons: ['A first poem', 'Letters'] },
] as const;
const FILES = ['lesson.pdf', 'scan-ja.pdf', 'photo-en.jpg'] as const;

export interface SeedOptions {
  /** The graph of a school that has the accounts for trying it out. */
  readonly url: string;
  /** Of those accounts, and of the pupils that are made. */
  readonly password: string;
  readonly say: (line: string) => void;
}

export interface Seeded {
  readonly classes: number;
  readonly members: number;
  readonly lessons: number;
  readonly notebooks: number;
}

/**
 * Fills a school for development through its graph, as people would: two classes with a teacher and four pupils, their next
 * lessons, and notebooks whose pages are read. Null when it was done before; throws GraphError when something is refused.
 */
export async function seedSchool({ url, password, say }: SeedOptions): Promise<Seeded | null> {
  const teacher = new SchoolClient(url);
  try {
    await teacher.signIn(`teacher@${DOMAIN}`, password);
    if (await isSeeded(teacher)) return null;
    const pupils = await enterPupils(url, password);
    let lessons = 0;
    for (const one of CLASSES) {
      const { id, invitationCode } = await createClass(teacher, one);
      for (const pupil of pupils) await joinClass(pupil, invitationCode);
      for (const [week, title] of one.lessons.entries()) await createLesson(teacher, id, title, week);
      lessons += one.lessons.length;
      say(`${one.name}: ${pupils.length} pupils, ${one.lessons.length} lessons`);
    }
    for (const file of FILES) await importNotebook(teacher, file, say);
    return { classes: CLASSES.length, members: 1 + pupils.length, lessons, notebooks: FILES.length };
  } finally {
    await teacher.close();
  }
}

interface ClassPage {
  readonly edges: readonly { readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const MY_CLASSES = `query Classes($after: String) {
  myClasses(first: 100, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } }
}`;

async function isSeeded(teacher: SchoolClient, after: string | null = null): Promise<boolean> {
  const { data } = await teacher.ask<{ myClasses: ClassPage }>(MY_CLASSES, { after });
  const { edges, pageInfo } = data.myClasses;
  if (edges.some(({ node }) => node.name === CLASSES[0].name)) return true;
  return pageInfo.hasNextPage && isSeeded(teacher, pageInfo.endCursor);
}

/** The pupil that every development school has, and some more. */
async function enterPupils(url: string, password: string): Promise<readonly SchoolClient[]> {
  const known = new SchoolClient(url);
  await known.signIn(`student@${DOMAIN}`, password);
  const pupils = [known];
  for (let number = 1; number <= PUPILS; number += 1) {
    const pupil = new SchoolClient(url);
    await enter(pupil, { displayName: `Pupil ${number}`, email: `pupil-${number}@${DOMAIN}`, password });
    pupils.push(pupil);
  }
  return pupils;
}

/** Signs somebody up, or in when a seed that did not come to its end has made them. */
async function enter(pupil: SchoolClient, input: { displayName: string; email: string; password: string }) {
  try {
    await pupil.ask('mutation SignUp($input: SignUpInput!) { signUp(input: $input) { user { id } } }', { input });
  } catch (error) {
    if (!(error instanceof GraphError) || error.code !== 'CONFLICT') throw error;
  }
  await pupil.signIn(input.email, input.password);
}

async function createClass(teacher: SchoolClient, { name, description }: (typeof CLASSES)[number]) {
  const { data } = await teacher.ask<{ createClass: { id: string; invitationCode: string } }>(
    'mutation CreateClass($input: CreateClassInput!) { createClass(input: $input) { id invitationCode } }',
    { input: { name, description } },
  );
  return data.createClass;
}

async function joinClass(pupil: SchoolClient, invitationCode: string): Promise<void> {
  await pupil.ask('mutation JoinClass($input: JoinClassInput!) { joinClass(input: $input) { id } }', {
    input: { invitationCode },
  });
}

/** One lesson a week, the first one tomorrow. */
async function createLesson(teacher: SchoolClient, classId: string, title: string, week: number): Promise<void> {
  const startsAt = new Date(Date.now() + (1 + 7 * week) * DAY_MS).toISOString();
  await teacher.ask('mutation CreateLesson($input: CreateMeetingInput!) { createMeeting(input: $input) { id } }', {
    input: { classId, title, startsAt },
  });
}

async function importNotebook(teacher: SchoolClient, file: string, say: SeedOptions['say']): Promise<void> {
  const notebookId = await createNotebook(teacher, file);
  const fileId = await uploadFile(teacher, join(FIXTURES, file));
  let pages = 0;
  const start = () => startImport(teacher, notebookId, fileId);
  await watchImport(teacher, notebookId, start, ({ pagesRead }) => (pages = Math.max(pages, pagesRead)));
  say(`${file}: ${pages} pages read`);
}
