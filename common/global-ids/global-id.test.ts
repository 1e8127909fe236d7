import { BadInputError } from '../errors';
import { decodeId, encodeId, parseId } from './global-id';
import { NODE_TYPES, type NodeName } from './node-types';

const KEY = '0198c0de-0000-7000-8000-00000000beef';
const IMAGE = 'pages/葉/n/p/preview.webp';

test('an id carries its type and can be taken apart again', () => {
  for (const type of Object.keys(NODE_TYPES) as NodeName[]) {
    const key = NODE_TYPES[type].key === 'uuid' ? KEY : IMAGE;
    const id = encodeId(type, key);
    expect(id).toMatch(new RegExp(`^${type}_[\\w-]+$`));
    expect(parseId(id)).toEqual({ type, key });
    expect(decodeId(type, id, 'id')).toBe(key);
  }
});

test.each([
  ['nothing', ''],
  ['a key without its type', KEY],
  ['a type without a key', 'Notebook_'],
  ['a type alone', 'Notebook'],
  ['a type that has no ids', `Word_${KEY}`],
  ['a name every object has', `constructor_${KEY}`],
  ['a key in another spelling', `Notebook_${KEY.toUpperCase()}`],
  ['a key with something behind it', `Notebook_${KEY} `],
  ['SQL', "Notebook_' OR 1=1"],
  ['an image without a key', 'Image_'],
  ['base64 in another spelling', `Image_${Buffer.from(IMAGE).toString('base64')}=`],
  ['bytes that are no text', `Image_${Buffer.from([0xff, 0xfe]).toString('base64url')}`],
])('%s is no id', (_what, id) => {
  expect(parseId(id)).toBeNull();
  expect(() => decodeId('Notebook', id, 'notebookId')).toThrow(BadInputError);
});

test('an id of another type is refused with the argument and the type that was meant', () => {
  const decode = () => decodeId('Notebook', encodeId('Page', KEY), 'notebookId');
  expect(decode).toThrow('notebookId: is not an id of a Notebook');
});
