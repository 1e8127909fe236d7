import type { TypedDocumentString } from '../generated/graphql';
import { GraphError } from '../school/client';
import { ChangeFeed } from './change-feed';

type Data = { readonly cursor: string };
type Variables = { id: string; after?: string | null };

/** The subscriptions that were opened, each with what it said and how it is answered. */
class Subscriptions {
  readonly opened: { readonly after: string; stopped: boolean; say(cursor: string): void; fail(code: string): void }[] =
    [];
  readonly changes: string[] = [];
  readonly lost: string[] = [];

  open(): ChangeFeed<Data> {
    const document = {} as TypedDocumentString<Data, Variables>; // handed through to `watch` alone
    return new ChangeFeed<Data>({
      graph: { watch: this.#watch as never }, // of one kind of document only
      document,
      id: 'm',
      after: 'start',
      cursorOf: ({ cursor }) => cursor,
      onChange: ({ cursor }) => void this.changes.push(cursor),
      onLost: ({ code }) => void this.lost.push(code),
    });
  }

  readonly #watch = (
    _document: unknown,
    variables: () => Variables,
    onData: (data: Data) => void,
    onError: (error: GraphError) => void,
  ): (() => void) => {
    const subscription = {
      after: String(variables().after),
      stopped: false,
      say: (cursor: string) => onData({ cursor }),
      fail: (code: string) => onError(new GraphError('no', code)),
    };
    this.opened.push(subscription);
    return () => (subscription.stopped = true);
  };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('it begins where joining left off, and goes on behind the last change after a failure', () => {
  const subscriptions = new Subscriptions();
  subscriptions.open();
  expect(subscriptions.opened[0]?.after).toBe('start');
  subscriptions.opened[0]?.say('one');
  subscriptions.opened[0]?.fail('UNAVAILABLE');
  jest.advanceTimersByTime(1_000);
  expect(subscriptions.opened.map(({ after, stopped }) => [after, stopped])).toEqual([
    ['start', true],
    ['one', false],
  ]);
  expect([subscriptions.changes, subscriptions.lost]).toEqual([['one'], []]);
});

test.each(['CURSOR_EXPIRED', 'NOT_FOUND'])('%s ends it, and is told once', (code) => {
  const subscriptions = new Subscriptions();
  subscriptions.open();
  subscriptions.opened[0]?.fail(code);
  subscriptions.opened[0]?.fail(code);
  jest.advanceTimersByTime(10_000);
  expect([subscriptions.lost, subscriptions.opened.length, subscriptions.opened[0]?.stopped]).toEqual([
    [code],
    1,
    true,
  ]);
});

test('closed, it opens nothing again and tells nothing', () => {
  const subscriptions = new Subscriptions();
  const feed = subscriptions.open();
  subscriptions.opened[0]?.fail('UNAVAILABLE');
  feed.close();
  jest.advanceTimersByTime(10_000);
  subscriptions.opened[0]?.say('late');
  expect([subscriptions.opened.length, subscriptions.changes]).toEqual([1, []]);
});
