import { type Board, buildBoard } from './board';

/** The file of a dashboard for Grafana's provisioning, and its name. */
export function dashboardFile(board: Board): { readonly name: string; readonly text: string } {
  const name = `${board.uid.replace(/^terakoya-/, '')}.json`;
  return { name, text: `${JSON.stringify(buildBoard(board), null, 2)}\n` };
}
