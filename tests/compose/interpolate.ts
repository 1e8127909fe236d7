export type Variables = Readonly<Record<string, string | undefined>>;

const OPENING = /\$(?:\$|\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/;

/**
 * Compose's own interpolation: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, nested, and `$$`
 * for a dollar. Throws for a variable that must be set and is not. `asked` hears of every variable.
 */
export function interpolate(text: string, variables: Variables, asked?: (name: string) => void): string {
  const found = OPENING.exec(text);
  if (!found) return text;
  const before = text.slice(0, found.index);
  const [opening, braced, bare] = found;
  const after = text.slice(found.index + opening.length);
  const go = (rest: string): string => interpolate(rest, variables, asked);
  if (opening === '$$') return `${before}$${go(after)}`;
  const name = braced ?? bare ?? '';
  asked?.(name);
  if (braced === undefined) return before + (variables[name] ?? '') + go(after);
  const end = closingBrace(after);
  return before + valueOf(name, after.slice(0, end), variables, go) + go(after.slice(end + 1));
}

function valueOf(name: string, rule: string, variables: Variables, go: (text: string) => string): string {
  const value = variables[name];
  const isSet = rule.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const [, operator, operand = ''] = /^:?([-?+])([\s\S]*)$/.exec(rule) ?? [];
  if (operator === '-') {
    const fallback = go(operand);
    return isSet ? (value ?? '') : fallback;
  }
  if (operator === '?' && !isSet) throw new Error(`${name}: ${operand}`);
  if (operator === '+') return isSet ? go(operand) : '';
  return value ?? '';
}

function closingBrace(text: string): number {
  let depth = 1;
  for (let index = 0; index < text.length; index += 1) {
    if (text.startsWith('${', index)) depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  throw new Error(`A brace is not closed in: ${text}`);
}
