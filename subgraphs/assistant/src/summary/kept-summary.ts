import type { TaskResult, summariseNotebook } from '@terakoya/common/contracts';

/** The lengths and numbers that the schema promises, whatever engine made the summary. */
const LONGEST = { short: 50, medium: 200, long: 500 } as const;
const MOST_KEYWORDS = 12;

/** A summary as it is kept: within its bounds (in characters, never half of one), heaviest key words first. */
export function keptSummary({ language, engine, summaries, keywords }: TaskResult<typeof summariseNotebook>) {
  const heaviest = [...keywords].sort((a, b) => b.weight - a.weight).slice(0, MOST_KEYWORDS);
  return {
    language,
    engine,
    short: bounded(summaries.short, LONGEST.short),
    medium: bounded(summaries.medium, LONGEST.medium),
    long: bounded(summaries.long, LONGEST.long),
    keywords: heaviest.map(({ term, weight }) => ({ term: keptText(term), weight })),
  };
}

/** PostgreSQL holds neither NUL nor half a surrogate pair. */
export function keptText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function bounded(text: string, characters: number): string {
  return [...keptText(text)].slice(0, characters).join('');
}
