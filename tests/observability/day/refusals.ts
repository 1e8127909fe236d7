import type { SchoolClient } from '@terakoya/common/school-client';

import type { SchoolUnderTest } from '../../e2e/school-under-test';
import { refusedWith } from './imports';

const MOST_REQUESTS = 2_000;

/** What people may not do, do wrongly, or do too often. */
export async function tryWhatIsRefused(under: SchoolUnderTest, pupil: SchoolClient): Promise<void> {
  const nobody = await under.nobody();
  await refusedWith('UNAUTHENTICATED', () =>
    nobody.ask('query Me { me { displayName } notebooks { edges { node { id } } } }'),
  );
  await refusedWith('BAD_USER_INPUT', () => nobody.signIn('nobody@example.org', ''));
  await refusedWith('UNAUTHENTICATED', () => nobody.signIn('nobody@example.org', 'a wrong password'));
  await refusedWith('NOT_FOUND', () =>
    pupil.ask('mutation Nowhere($input: RenameNotebookInput!) { renameNotebook(input: $input) { id } }', {
      input: { notebookId: 'Notebook_0198c0de-0000-7000-8000-000000000000', title: 'Nowhere' },
    }),
  );
  await pupil.post('query Unknown { thereIsNoSuchField }');
  await askTooOften(await under.newPupil());
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
