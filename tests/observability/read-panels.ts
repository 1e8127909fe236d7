import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const FOLDER = join(__dirname, '..', '..', 'observability', 'grafana', 'dashboards');

const source = z.object({ type: z.literal('prometheus'), uid: z.literal('${prometheus}') });

const gridPos = z.object({
  x: z.number().int().min(0),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(24),
  h: z.number().int().min(1),
});

const target = z.object({
  refId: z.string().min(1),
  expr: z.string().min(1),
  legendFormat: z.string().min(1),
  datasource: source,
  exemplar: z.boolean().optional(),
});

const rowPanel = z.object({ id: z.number().int(), type: z.literal('row'), title: z.string().min(1), gridPos });

const dataPanel = z.object({
  id: z.number().int(),
  type: z.enum(['timeseries', 'stat', 'bargauge']),
  title: z.string().min(1),
  description: z.string().min(1),
  gridPos,
  datasource: source,
  targets: z.array(target).min(1),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }),
});

const dashboard = z.object({
  uid: z.string().regex(/^terakoya-[a-z-]+$/),
  title: z.string().min(1),
  schemaVersion: z.number().int().min(36),
  tags: z.array(z.string()),
  links: z.array(z.object({ type: z.enum(['dashboards', 'link']), tags: z.array(z.string()) })).min(1),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.enum(['datasource', 'query']) })) }),
  panels: z.array(z.discriminatedUnion('type', [rowPanel, dataPanel])).min(1),
});

export type DashboardFile = z.output<typeof dashboard>;

/** The dashboards as Grafana is given them. Throws ZodError for one that is not of the form that is wanted. */
export function readDashboards(): DashboardFile[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.map((name) => dashboard.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));
}

/** One question of a panel. */
export interface PanelQuery {
  readonly where: string;
  /** With what Grafana would put in the place of variables. */
  readonly expression: string;
  readonly legend: string;
  readonly wantsExemplars: boolean;
}

/** All questions of all panels: everything chosen, rates over `window`. */
export function readPanelQueries(window: string): PanelQuery[] {
  return readDashboards().flatMap(({ title, templating, panels }) =>
    panels.flatMap((panel) =>
      panel.type === 'row'
        ? []
        : panel.targets.map(({ expr, legendFormat, refId, exemplar }) => ({
            where: `${title} › ${panel.title} › ${refId}`,
            expression: replaceVariables(
              expr,
              window,
              templating.list.map(({ name }) => name),
            ),
            legend: legendFormat,
            wantsExemplars: exemplar === true,
          })),
    ),
  );
}

function replaceVariables(expression: string, window: string, variables: readonly string[]): string {
  const chosen = variables.reduce((text, name) => text.replaceAll(`$${name}`, '.*'), expression);
  return chosen.replaceAll('$__rate_interval', window);
}
