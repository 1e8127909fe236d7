import { round } from '../statistics';
import type { Contestant } from './contestants/contestants';
import { type Measured, type Round, ratio, summarise } from './rounds';

/** The figures by id; one whose peer did not run is left out. */
export function figuresOf(measured: ReadonlyMap<string, Measured>, memory: ReadonlyMap<Contestant, number>) {
  const rate = ({ requestsPerSecond }: Round) => requestsPerSecond;
  const of = (operation: string): Measured => measured.get(operation) ?? new Map();
  const hives = (['hive', 'hive-router'] as const).map((name) => ratio(of('heavy'), name, rate));
  const [ours, stock] = [memory.get('ours'), memory.get('stock')];
  return known({
    light_vs_stock: ratio(of('light'), 'stock', rate),
    list_vs_stock: ratio(of('list'), 'stock', rate),
    heavy_vs_stock: ratio(of('heavy'), 'stock', rate),
    heavy_vs_best_hive: lowest(hives),
    p99_heavy_vs_stock: ratio(of('heavy'), 'stock', ({ p99 }) => p99),
    cpu_heavy_vs_stock: ratio(of('heavy'), 'stock', ({ cpuMs }) => cpuMs),
    rss_vs_stock: ours && stock ? round(ours / stock) : undefined,
  });
}

/** Against the better of two peers: both must have run, or nobody knows which one that is. */
function lowest(ratios: readonly (number | undefined)[]): number | undefined {
  const all = ratios.filter((value) => value !== undefined);
  return all.length === ratios.length ? Math.min(...all) : undefined;
}

function known(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
}

/** Medians of each gateway under each operation. */
export function tableOf(measured: ReadonlyMap<string, Measured>) {
  return Object.fromEntries(
    [...measured].map(([operation, byGateway]) => [
      operation,
      Object.fromEntries([...byGateway].map(([name, rounds]) => [name, summarise(rounds)])),
    ]),
  );
}
