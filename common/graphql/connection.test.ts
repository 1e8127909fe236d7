import { toConnection } from './connection.type';

const page = {
  edges: [1, 2].map((number) => ({ cursor: `c${number}`, node: number })),
  hasNextPage: true,
  endCursor: 'c2',
};

test('presents each row, and tells where the part begins and ends', () => {
  expect(toConnection(page, (number) => `page ${number}`, {})).toEqual({
    edges: [
      { cursor: 'c1', node: 'page 1' },
      { cursor: 'c2', node: 'page 2' },
    ],
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'c1', endCursor: 'c2' },
  });
});

test.each([
  [{ after: 'c0' }, true],
  [{ after: null }, false],
  [{}, false],
])('given %j, that some came before is %s', (args, hasPreviousPage) => {
  expect(toConnection(page, String, args).pageInfo.hasPreviousPage).toBe(hasPreviousPage);
});

test('an empty part has no cursors', () => {
  const { pageInfo } = toConnection({ edges: [], hasNextPage: false, endCursor: null }, String, { after: 'c2' });
  expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null });
});
