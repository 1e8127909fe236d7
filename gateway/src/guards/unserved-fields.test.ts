import { fieldsServedElsewhere } from './unserved-fields';

const facts = (...fields: string[]) => ({ rootFields: new Map(fields.map((field) => [field, 1])) }) as never; // all it reads

test('refuses the fields that only another service may serve', () => {
  const elsewhere = new Set(['signIn']);
  expect(fieldsServedElsewhere(facts('signIn', 'me'), elsewhere).map(({ extensions }) => extensions.code)).toEqual([
    'FORBIDDEN',
  ]);
  expect(fieldsServedElsewhere(facts('me'), elsewhere)).toEqual([]);
  expect(fieldsServedElsewhere(facts('signIn'))).toEqual([]);
});
