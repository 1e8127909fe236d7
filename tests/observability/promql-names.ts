/** A series that an expression asks for: a metric and the labels by which it chooses. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** Words of PromQL that are no metrics: operators, modifiers and numbers. */
const WORDS = new Set(
  [
    'and',
    'or',
    'unless',
    'by',
    'without',
    'on',
    'ignoring',
    'group_left',
    'group_right',
    'offset',
    'bool',
    'atan2',
  ].concat(['inf', 'nan', 'start', 'end']),
);

/** Lists of labels in an expression, which are no metrics. */
const LABEL_LIST = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const STRING = /"(?:[^"\\]|\\.)*"/g;
const RANGE = /\[[^\]]*\]/g;
const SELECTOR = /(?<![\w:])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\})?(?!\s*\()/g;

/**
 * The series that a PromQL expression asks for, each name once for each set of labels. What is in strings, ranges and
 * lists of labels is none, nor is a word that is called as a function.
 */
export function selectorsOf(expression: string): Selector[] {
  const bare = expression.replaceAll(STRING, '""').replaceAll(LABEL_LIST, ' ').replaceAll(RANGE, ' ');
  const found = new Map<string, Selector>();
  for (const [, metric = '', braces = ''] of bare.matchAll(SELECTOR)) {
    if (WORDS.has(metric.toLowerCase()) || isCalled(bare, metric)) continue;
    const labels = [...braces.matchAll(/([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label);
    found.set(`${metric} ${labels.join(',')}`, { metric, labels });
  }
  return [...found.values()];
}

/** The pattern alone would take the beginning of a function's name for a metric. */
function isCalled(expression: string, name: string): boolean {
  return new RegExp(`(?<![\\w:])${name}\\w*\\s*\\(`).test(expression);
}
