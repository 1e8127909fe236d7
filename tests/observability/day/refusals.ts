import { GraphError, type SchoolClient, createNotebook, loadNotebook } from '@terakoya/common/school-client';

import type { SchoolUnderTest } from '../../e2e/school-under-test';

const MOST_REQUESTS = 2_000;

/** What people may not do, do wrongly, or do too often. Which code each is refused with, other tests tell. */
export async function tryWhatIsRefused(under: SchoolUnderTest, pupil: SchoolClient): Promise<void> {
  const nobody = await under.nobody();
  await refused(() => createNotebook(nobody, 'Nobody’s'));
  await refused(() => nobody.signIn('nobody@example.org', ''));
  await refused(() => nobody.signIn('nobody@example.org', 'a wrong password'));
  await refused(() => loadNotebook(pupil, 'Notebook_0198c0de-0000-7000-8000-000000000000'));
  await refused(() => pupil.ask('query Unknown { thereIsNoSuchField }'));
  await askTooOften(await under.newPupil());
}

async function refused(work: () => Promise<unknown>): Promise<void> {
  const code = await work().then(
    () => undefined,
    (error: unknown) => (error instanceof GraphError ? error.code : Promise.reject(error)),
  );
  if (code === undefined) throw new Error('What is not allowed was done.');
}

/** Somebody whose program asks without a pause, until the limit says no. */
async function askTooOften(hasty: SchoolClient): Promise<void> {
  for (let time = 0; time < MOST_REQUESTS; time += 1) {
    const { body } = await hasty.post(
      'query Hasty { myNotebooks(first: 50) { edges { node { id title pages(first: 50) { edges { node { id } } } } } } }',
    );
    if (body.errors?.some(({ extensions }) => extensions?.code === 'RATE_LIMITED')) return;
  }
  throw new Error(`${MOST_REQUESTS} costly requests at once were not too many.`);
}
