import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';

import type { PlacedPanel } from './panels';
import { PROMETHEUS, prometheusVariable } from './sources';

const TAG = 'terakoya';
const WIDTH = 24;

/** Panels under one heading, `perRow` of them beside each other. */
export interface Section {
  readonly title: string;
  readonly perRow: 2 | 3 | 4 | 6;
  /** In Grafana's units of about 30 pixels. */
  readonly height: number;
  readonly panels: readonly PlacedPanel[];
}

export interface Board {
  /** The end of its address: `/d/<uid>`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Labels of series that can be chosen from, each with the metric that has all its values. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
}

/** A dashboard of Grafana, each panel in its place; all have links to each other that keep the time. */
export function buildBoard({ uid, title, description, choices = {}, sections }: Board): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(prometheusVariable())
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .keepTime(true)
        .includeVars(false),
    );
  for (const [label, metric] of Object.entries(choices)) dashboard.withVariable(choice(label, metric));
  let id = 0;
  for (const section of sections) {
    dashboard.withRow(new RowBuilder(section.title).id((id += 1)));
    for (const panel of section.panels) {
      panel.id((id += 1));
      panel.span(WIDTH / section.perRow);
      panel.height(section.height);
      dashboard.withPanel(panel);
    }
  }
  return dashboard.build();
}

function choice(label: string, metric: string): QueryVariableBuilder {
  return new QueryVariableBuilder(label)
    .label(label)
    .datasource(PROMETHEUS)
    .query({ query: `label_values(${metric}, ${label})`, refId: label })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });
}
