import { interpolate } from './interpolate';

const variables = { NAME: 'school', EMPTY: '' };

test.each([
  ['$NAME', 'school'],
  ['${NAME}.example', 'school.example'],
  ['${EMPTY:-a}${EMPTY-b}${MISSING-c}', 'ac'],
  ['${MISSING:-files.${NAME}}:443', 'files.school:443'],
  ['https://${A:-files.${B:-x}}', 'https://files.x'],
  ['"$$(cat x)" ${NAME:?must be}', '"$(cat x)" school'],
  ['${NAME:+yes}${EMPTY:+no}', 'yes'],
])('%s', (text, expected) => {
  expect(interpolate(text, variables)).toBe(expected);
});

test('tells which variables it was asked for, and throws for one that must be set', () => {
  const names: string[] = [];
  interpolate('${A:-${B}} $NAME', variables, (name) => names.push(name));
  expect(names).toEqual(['A', 'B', 'NAME']);
  expect(() => interpolate('${MISSING:?set it}', variables)).toThrow('MISSING: set it');
});
