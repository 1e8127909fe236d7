import { BOARDS } from '../../observability/dashboards/boards';
import { readDashboards, readPanelQueries } from './read-panels';

const dashboards = readDashboards();

test('every dashboard that is written in code is there, under an address of its own', () => {
  expect(dashboards.map(({ uid }) => uid).sort()).toEqual(BOARDS.map(({ uid }) => uid).sort());
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
  expect(new Set(dashboards.map(({ title }) => title)).size).toBe(dashboards.length);
});

test.each(dashboards.map((one) => [one.title, one] as const))(
  '%s: ids are unique and panels lie apart',
  (_title, one) => {
    const ids = one.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const taken = new Map<string, string>();
    for (const { title, gridPos } of one.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect({ on: taken.get(`${x},${y}`), panel: title }).toEqual({ on: undefined, panel: title });
          taken.set(`${x},${y}`, title);
        }
      }
    }
  },
);

test('every dashboard can be asked of another Prometheus and links to the others', () => {
  for (const { templating, links, tags } of dashboards) {
    expect(templating.list[0]).toMatchObject({ name: 'prometheus', type: 'datasource' });
    expect(links).toContainEqual(expect.objectContaining({ type: 'dashboards', tags }));
  }
});

test('no question has a variable that its dashboard has not', () => {
  expect(readPanelQueries('5m').filter(({ expression }) => expression.includes('$'))).toEqual([]);
});
