import { encodeId } from '@terakoya/common/global-ids';

import { idsIn } from './ids-in';

const KEY = '0198c0de-0000-7000-8000-00000000beef';
const OTHER = '0198c0de-0000-7000-8000-0000000000ff';

test('a response that shows an object has the id that events tell of it', () => {
  const response = { notebook: { id: encodeId('Notebook', KEY), pages: [{ id: encodeId('Page', OTHER), text: 'a' }] } };
  expect(idsIn(response)).toEqual(new Set([KEY, OTHER]));
  expect(idsIn({ notebookId: KEY, kind: 'PAGE_READ', pageId: OTHER })).toEqual(new Set([KEY, OTHER]));
});

test('variables name what they are about, in lists and inputs too', () => {
  const variables = { ids: [encodeId('User', KEY)], input: { notebookId: encodeId('Notebook', OTHER), title: 'x' } };
  expect(idsIn(variables)).toEqual(new Set([KEY, OTHER]));
});

test('ids of other graphs count by their names', () => {
  expect(idsIn({ lampId: 'a', lamp: { id: 'b', name: 'c' } })).toEqual(new Set(['a', 'b']));
});
