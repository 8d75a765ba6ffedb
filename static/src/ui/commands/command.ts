import type { PlainKey } from '../../i18n/catalogue';
import type { Desk } from '../desk';

export type Area = 'play' | 'edit' | 'tools' | 'view' | 'suggest' | 'roll' | 'file';

/** Something that a person can have done, by key, button or menu. */
export interface Command {
  readonly id: string;
  readonly area: Area;
  readonly labelKey: PlainKey;
  /** Combinations as `keys.ts` reads them; the first is shown. */
  readonly keys: readonly string[];
  /** Keys that the roll or the browser's clipboard answer; listed, but not bound here. */
  readonly elsewhere?: boolean;
  run(desk: Desk): void;
  /** Absent = always. */
  when?(desk: Desk): boolean;
}
