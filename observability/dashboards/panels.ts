import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

import { PROMETHEUS } from './sources';

/** A line of a panel: PromQL and the name of its series, with labels as `{{label}}`. */
export type Query = readonly [expr: string, legend: string];

/** From which value on a panel is shown in which colour; below the first it is green. */
export type Limits = readonly (readonly [value: number, colour: 'green' | 'yellow' | 'orange' | 'red'])[];

interface PanelOptions {
  readonly title: string;
  /** What it shows and what is to be done about it, in a sentence or two. */
  readonly description: string;
  /** Grafana's name of the unit, such as `s`, `reqps`, `percentunit`, `bytes`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly limits?: Limits;
  /** The colour below the first limit, where little is bad; green unless given. */
  readonly lowest?: 'green' | 'red';
}

/** A panel that knows where it goes: the dashboard gives it a place and an id. */
export type PlacedPanel = Builder<Panel> & {
  span(width: number): unknown;
  height(height: number): unknown;
  id(id: number): unknown;
};

/** Lines over time. `exemplars` shows the traces that distributions have left, each a way to Tempo. */
export function chart(options: PanelOptions & { readonly exemplars?: true; readonly isStacked?: true }): PlacedPanel {
  const panel = new TimeSeriesBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(PROMETHEUS)
    .unit(options.unit)
    .min(0)
    .lineWidth(1)
    .fillOpacity(options.isStacked ? 30 : 8)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(targets(options.queries, (query) => query.range().exemplar(options.exemplars === true)));
  if (options.isStacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (options.limits) {
    panel
      .thresholds(thresholds(options))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  return panel;
}

/** One number each, as it is now. */
export function stat(options: PanelOptions & { readonly decimals?: number }): PlacedPanel {
  const panel = new StatBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(PROMETHEUS)
    .unit(options.unit)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholds(options))
    .targets(targets(options.queries, (query) => query.instant()));
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  return panel;
}

/** Bars beside each other that compare numbers as they are now. */
export function bars(options: PanelOptions & { readonly max?: number }): PlacedPanel {
  const panel = new BarGaugeBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(PROMETHEUS)
    .unit(options.unit)
    .min(0)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholds(options))
    .targets(targets(options.queries, (query) => query.instant()));
  if (options.max !== undefined) panel.max(options.max);
  return panel;
}

function targets(queries: readonly Query[], finish: (query: DataqueryBuilder) => DataqueryBuilder): DataqueryBuilder[] {
  return queries.map(([expr, legend], index) =>
    finish(
      new DataqueryBuilder()
        .datasource(PROMETHEUS)
        .refId(String.fromCharCode(65 + index))
        .expr(expr)
        .legendFormat(legend),
    ),
  );
}

function thresholds({ limits = [], lowest = 'green' }: PanelOptions): ThresholdsConfigBuilder {
  const steps: Threshold[] = limits.map(([value, color]) => ({ value, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: lowest }, ...steps]);
}
