import { SUMMARY_LENGTHS, summarise } from './summarise';

const JAPANESE = `光合成のしくみ
植物は光合成によって、光のエネルギーを使い、二酸化炭素と水から養分を作る。光合成は葉の細胞にある葉緑体で行われる。
葉緑体は緑色の色素を持ち、この色素が光のエネルギーを吸収する。光合成で作られた養分は、植物の成長に使われる。
光合成では酸素も作られ、酸素は気孔から空気中に出される。動物は植物が出した酸素を呼吸に使う。
昨日は雨が降った。`;

const ENGLISH = `Photosynthesis
Plants use photosynthesis to turn the energy of light into sugar. Photosynthesis takes place in the chloroplasts of the
leaf cells. Chloroplasts contain a green pigment that absorbs the energy of light. The sugar that photosynthesis makes
lets the plant grow. Photosynthesis also releases oxygen, and animals breathe this oxygen. It rained yesterday.`;

const length = (text: string): number => [...new Intl.Segmenter('ja').segment(text)].length;

test.each([
  ['ja', JAPANESE, '光合成', '昨日'],
  ['en', ENGLISH, 'photosynthesis', 'rained'],
] as const)(
  '%s: whole central sentences within the three lengths, and the subject as first key word',
  (language, text, subject, aside) => {
    const result = summarise([{ text }]);
    expect(result.language).toBe(language);
    for (const [name, limit] of Object.entries(SUMMARY_LENGTHS)) {
      const summary = result.summaries[name as keyof typeof SUMMARY_LENGTHS];
      expect(length(summary)).toBeGreaterThan(0);
      expect(length(summary)).toBeLessThanOrEqual(limit);
    }
    expect(result.summaries.medium.toLowerCase()).toContain(subject);
    expect(result.summaries.medium).not.toContain(aside);
    expect(result.keywords[0]).toEqual({ term: subject, weight: 1 });
    expect(result.keywords.length).toBeLessThanOrEqual(12);
    const flat = text.replace(/\s+/g, '');
    for (const sentence of result.summaries.long.split(/(?<=[。.])/))
      expect(flat).toContain(sentence.replace(/\s+/g, ''));
  },
);

test('the same text gives the same summary', () => {
  expect(summarise([{ text: JAPANESE }])).toEqual(summarise([{ text: JAPANESE }]));
});

test('a sentence longer than the limit is cut between characters, with an ellipsis', () => {
  const { summaries } = summarise([{ text: `${'👨‍👩‍👧が'.repeat(60)}。` }]);
  expect(length(summaries.short)).toBe(50);
  expect(summaries.short.endsWith('…')).toBe(true);
  expect(summaries.short.isWellFormed()).toBe(true);
});

test('no text gives an empty summary', () => {
  expect(summarise([{ text: ' \n ' }])).toEqual({
    language: 'en',
    engine: 'local',
    summaries: { short: '', medium: '', long: '' },
    keywords: [],
  });
});
