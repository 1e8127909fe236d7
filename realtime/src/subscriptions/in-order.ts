/** A line of work in which several items are prepared at the same time and handed on in the order they came. */
export interface Line<T, R> {
  /** The next item; undefined when there is none any more. */
  readonly take: () => Promise<T | undefined>;
  readonly prepare: (item: T) => Promise<R>;
  readonly handOn: (item: T, prepared: R) => Promise<void> | void;
}

/** Works through a line with at most `ahead` items at a time. Throws the first failure; nothing behind it is handed on. */
export async function inOrder<T, R>({ take, prepare, handOn }: Line<T, R>, ahead: number): Promise<void> {
  const handedOn: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  for (;;) {
    const item = await take();
    if (item === undefined) break;
    last = follow(last, prepare(item), (prepared) => handOn(item, prepared));
    handedOn.push(last);
    if (handedOn.length >= ahead) await handedOn.shift();
  }
  await last;
}

function follow<R>(before: Promise<void>, work: Promise<R>, then: (done: R) => Promise<void> | void): Promise<void> {
  work.catch(() => undefined); // told below, after what stands before it
  const done = (async () => {
    await before;
    await then(await work);
  })();
  done.catch(() => undefined); // told to whoever waits for it in inOrder
  return done;
}
