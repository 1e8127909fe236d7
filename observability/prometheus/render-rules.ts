import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';
import { z } from 'zod';

import { scaleDuration, scaleExpression } from './scale-durations';

const RULES = join(__dirname, 'rules');

const rule = z.strictObject({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), interval: z.string().optional(), rules: z.array(rule) })),
});

export type Rule = z.output<typeof rule>;

/** A file of rules as it is checked in, and as text for Prometheus. */
export interface RenderedRules {
  readonly file: string;
  readonly text: string;
  readonly rules: readonly Rule[];
}

/**
 * The rules that are checked in with every time in them multiplied: windows, `for`, intervals. 1 gives them as they are;
 * 1/60 makes minutes of them seconds, so that the same rules can be proven in a short while. Throws ZodError for a file
 * that is no file of rules.
 */
export async function renderRules(scale: number): Promise<RenderedRules[]> {
  const files = (await readdir(RULES)).filter((name) => name.endsWith('.yml')).sort();
  return Promise.all(files.map(async (file) => renderFile(file, await readFile(join(RULES, file), 'utf8'), scale)));
}

function renderFile(file: string, text: string, scale: number): RenderedRules {
  const { groups } = ruleFile.parse(parse(text));
  const scaled = groups.map((group) => ({
    ...group,
    ...(group.interval !== undefined && { interval: scaleDuration(group.interval, scale) }),
    rules: group.rules.map((one) => scaleRule(one, scale)),
  }));
  const rules = groups.flatMap((group) => group.rules);
  return { file, text: scale === 1 ? text : stringify({ groups: scaled }), rules };
}

function scaleRule(one: Rule, scale: number): Rule {
  return {
    ...one,
    expr: scaleExpression(one.expr, scale),
    ...(one.for !== undefined && { for: scaleDuration(one.for, scale) }),
  };
}
