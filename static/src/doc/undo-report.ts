/** What an undo or a redo did, so that the page can say what it had to leave. */

export interface UndoReport {
  /** Catalogue key of the gesture that was taken back or done again. */
  readonly label: string;
  /** What the gesture had touched: notes if it touched any, else keys. */
  readonly total: number;
  /** How many of them somebody else has changed since, so that they were left (in part). */
  readonly left: number;
  /** Whether `total` counts notes. */
  readonly notes: boolean;
  /** Names of those who changed them, as far as they are known; no name twice. */
  readonly by: readonly string[];
}
