import type { School } from './school';

/** What a newcomer needs first: where things are, who to sign in as, what to try. */
export async function welcomeTable(school: School, seconds: number): Promise<string> {
  const local = async (name: Parameters<School['urlOf']>[0]): Promise<string> =>
    (await school.urlOf(name)).replace('127.0.0.1', 'localhost');
  const rows: [string, string][] = [
    ['Web app', await local('app')],
    ['GraphQL and its explorer', `${await local('gateway')}/graphql`],
    ['Traces', await local('traces')],
    ['Metrics of each service', `${await local('gateway')}/metrics and likewise`],
    ['Logs', `${school.dataDirectory}/logs`],
    ['Sign in (teacher)', 'teacher@demo.terakoya.school  ·  terakoya-demo'],
    ['Sign in (student)', 'student@demo.terakoya.school  ·  terakoya-demo'],
    ['Try', 'npm run demo -- FILE.pdf'],
    ['End', 'Ctrl-C'],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
  return `\nTerakoya is ready after ${seconds.toFixed(1)} s.\n\n${lines.join('\n')}\n`;
}
