import { canCaption, canonicalLanguage } from './caption.policy';

test.each([true, false])('who may speak (%s) may send captions', (maySpeak) => {
  expect(canCaption({ maySpeak })).toBe(maySpeak);
});

test.each([
  ['ja', 'ja'],
  ['EN-us', 'en-US'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['', null],
  ['en_US', null],
  ['not a language', null],
])('%j is the language %j', (tag, expected) => {
  expect(canonicalLanguage(tag)).toBe(expected);
});
