const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Prometheus' smallest useful window: two scrapes of half a second. */
const LEAST_MS = 1_000;

/** A duration as Prometheus writes it (`5m`, `1h30m`), multiplied; never shorter than a second, unless it was nothing. */
export function scaleDuration(duration: string, scale: number): string {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdw])/g)];
  if (parts.map(([part]) => part).join('') !== duration) throw new RangeError(`${duration} is no duration.`);
  if (scale === 1) return duration;
  const full = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  return full === 0 ? duration : `${Math.max(LEAST_MS, Math.round(full * scale))}ms`;
}

/** An expression with the lengths of its ranges, subqueries and offsets multiplied; thresholds stay what they are. */
export function scaleExpression(expression: string, scale: number): string {
  return expression
    .replaceAll(/\[([\dmshdw]+)(?::([\dmshdw]*))?\]/g, (range: string, length: string, step?: string) => {
      if (step === undefined) return `[${scaleDuration(length, scale)}]`;
      return `[${scaleDuration(length, scale)}:${step === '' ? '' : scaleDuration(step, scale)}]`;
    })
    .replaceAll(/\boffset (\d[\dmshdw]*)/g, (_whole, length: string) => `offset ${scaleDuration(length, scale)}`);
}
