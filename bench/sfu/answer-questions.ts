/**
 * Answers the questions that come over IPC, one after the other as they are asked, and says first that it is ready. A
 * question that cannot be answered ends the process with the reason on standard error.
 */
export function answerQuestions<Q>(answer: (question: Q) => Promise<object>): void {
  const fail = (error: unknown): never => {
    console.error(error);
    process.exit(1);
  };
  process.on('message', (question: Q) => {
    answer(question).then((answered) => process.send?.(answered), fail);
  });
  process.on('unhandledRejection', fail);
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  process.send?.({ ready: true });
}
