import { Client } from 'pg';

/**
 * The statements matching `pattern` that this process sends to PostgreSQL while `work` runs, to prove that their number
 * does not grow with the size of an answer.
 */
export async function statementsOf(pattern: RegExp, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  const original = Object.getOwnPropertyDescriptor(Client.prototype, 'query');
  const send = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => unknown; // its many overloads are one here
  Object.defineProperty(Client.prototype, 'query', {
    configurable: true,
    writable: true,
    value: function query(this: Client, ...args: unknown[]): unknown {
      const [statement] = args;
      if (typeof statement === 'string' && pattern.test(statement)) seen.push(statement);
      return send.apply(this, args);
    },
  });
  try {
    await work();
  } finally {
    if (original) Object.defineProperty(Client.prototype, 'query', original);
  }
  return seen;
}
