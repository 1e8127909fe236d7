/** One result as it is sent: made once, whoever gets it. Adapters keep their own encodings of it. */
export class Payload {
  constructor(
    /** The GraphQL response as JSON text. */
    readonly text: string,
    /** Where its event stands in the log; null when it answers no event. */
    readonly cursor: string | null = null,
  ) {}
}
