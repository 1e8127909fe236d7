import type { TaskResult, summariseNotebook } from '@terakoya/common/contracts';

import { type TextLanguage, languageOf, sentencesOf } from './sentences';
import { termsOf } from './terms';
import { sentenceGraph, termGraph, textRank } from './text-rank';

export type Summary = TaskResult<typeof summariseNotebook>;

/** Characters (grapheme clusters) of the three lengths. */
export const SUMMARY_LENGTHS = { short: 50, medium: 200, long: 500 } as const;

const MOST_SENTENCES = 2_000;
const MOST_KEYWORDS = 12;

/** Summarises by picking the most central sentences and terms of the text itself: it costs nothing and invents nothing. */
export function summarise(pages: readonly { readonly text: string }[]): Summary {
  const text = pages.map((page) => page.text).join('\n\n');
  const language = languageOf(text);
  const sentences = [...new Set(sentencesOf(text, language))].slice(0, MOST_SENTENCES);
  const terms = sentences.map((sentence) => termsOf(sentence, language));
  const graph = sentenceGraph(terms);
  const ranks = textRank(graph).map((rank, index) => {
    const isTelling = isProse(sentences[index] ?? '', language) && (graph[index]?.size ?? 0) > 0;
    return isTelling ? rank : 0;
  });
  const pick = (limit: number): string => pickSentences(sentences, ranks, limit, language);
  const { short, medium, long } = SUMMARY_LENGTHS;
  return {
    language,
    engine: 'local',
    summaries: { short: pick(short), medium: pick(medium), long: pick(long) },
    keywords: keywordsOf(terms),
  };
}

/** Headings and table cells are central but tell nothing. */
function isProse(sentence: string, language: TextLanguage): boolean {
  return (language === 'ja' ? /[。！？]$/ : /[.!?]["')]?$/).test(sentence);
}

/**
 * The best sentences that fit whole, in the order of the text; only when none fits, the best one is cut with an ellipsis.
 * Those of rank 0 count only where there are no others.
 */
function pickSentences(
  sentences: readonly string[],
  ranks: readonly number[],
  limit: number,
  language: TextLanguage,
): string {
  const glue = language === 'ja' ? '' : ' ';
  const isAnyTelling = ranks.some((rank) => rank > 0);
  const byRank = sentences
    .map((_, index) => index)
    .filter((index) => !isAnyTelling || (ranks[index] ?? 0) > 0)
    .sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b);
  const picked: number[] = [];
  let used = 0;
  for (const index of byRank) {
    const length = lengthOf(sentences[index] ?? '') + (picked.length > 0 ? glue.length : 0);
    if (used + length > limit) continue;
    picked.push(index);
    used += length;
  }
  if (picked.length === 0) return cut(sentences[byRank[0] ?? -1] ?? '', limit);
  return picked
    .sort((a, b) => a - b)
    .map((index) => sentences[index])
    .join(glue);
}

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

function lengthOf(text: string): number {
  return [...graphemes.segment(text)].length;
}

/** The first `limit` characters, the last of them an ellipsis when something is left out; no character is cut in two. */
function cut(text: string, limit: number): string {
  const all = [...graphemes.segment(text)].map(({ segment }) => segment);
  return all.length <= limit ? text : `${all.slice(0, limit - 1).join('')}…`;
}

function keywordsOf(sentences: readonly (readonly string[])[]): Summary['keywords'] {
  const { terms, graph } = termGraph(sentences);
  const counts = new Map<string, number>();
  for (const term of sentences.flat()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const ranked = textRank(graph)
    .map((rank, index) => ({
      term: terms[index] ?? '',
      score: rank * Math.log2(1 + (counts.get(terms[index] ?? '') ?? 0)),
    }))
    .sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_KEYWORDS);
  const heaviest = ranked[0]?.score ?? 1;
  return ranked.map(({ term, score }) => ({ term, weight: Math.round((score / heaviest) * 1000) / 1000 }));
}
