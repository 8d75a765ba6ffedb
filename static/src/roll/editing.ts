/** What one person is doing in the roll: tool, selection, cell, view. Never shared as it stands. */
import { batch, signal, type Signal } from '@preact/signals-core';

import { TICKS_PER_QUARTER } from '../music/notes';
import { SNAP_SETTINGS, type SnapSetting } from '../music/snap';

export type Tool = 'select' | 'draw' | 'erase' | 'split' | 'mute';

export const TOOLS: readonly Tool[] = ['select', 'draw', 'erase', 'split', 'mute'];

/** A note value, off, or the finest value whose lines stand far enough apart at this zoom. */
export type SnapChoice = SnapSetting | 'adaptive';

export const SNAP_CHOICES: readonly SnapChoice[] = ['adaptive', ...SNAP_SETTINGS];

/** A place in the roll: where the keyboard stands. */
export interface Cell {
  readonly tick: number;
  readonly pitch: number;
}

/** A stretch of time, `end` not included. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Ghost notes picked out of one candidate, to be accepted without the rest. */
export interface GhostSelection {
  readonly suggestion: string;
  readonly candidate: number;
  readonly ids: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Signals of one editor page. The roll writes most of them; tools, tracks and commands read. */
export class Editing {
  readonly tool: Signal<Tool> = signal<Tool>('select');
  readonly selection: Signal<ReadonlySet<string>> = signal(NONE);
  readonly ghostSelection: Signal<GhostSelection | null> = signal<GhostSelection | null>(null);
  /** Track that new notes go to; empty while the score has none. */
  readonly track: Signal<string> = signal('');
  readonly snap: Signal<SnapChoice> = signal<SnapChoice>('1/16');
  readonly cell: Signal<Cell> = signal<Cell>({ tick: 0, pitch: 60 });
  /** Time chosen in the ruler, for suggestions and for copying by time. */
  readonly region: Signal<TimeSpan | null> = signal<TimeSpan | null>(null);
  readonly hiddenTracks: Signal<ReadonlySet<string>> = signal(NONE);
  readonly soloTracks: Signal<ReadonlySet<string>> = signal(NONE);
  readonly follow: Signal<boolean> = signal(true);
  /** Velocity of the next drawn note, 1–127. */
  readonly velocity: Signal<number> = signal(88);
  /** Length of the next drawn note in ticks. */
  readonly lastDuration: Signal<number> = signal(TICKS_PER_QUARTER);
  readonly laneShown: Signal<boolean> = signal(true);
  /** Tick at the left edge of the grid. */
  readonly left: Signal<number> = signal(0);
  /** Pixels per quarter note. */
  readonly zoom: Signal<number> = signal(25);
  /** Pitch at the upper edge of the grid; 128 is the top of the highest key. */
  readonly top: Signal<number> = signal(84);
  /** Height of a pitch row in pixels. */
  readonly rowHeight: Signal<number> = signal(12);
  /** First visible drum row, in rows. */
  readonly drumTop: Signal<number> = signal(0);
  /** What the status bar says about the pointer or the running gesture. */
  readonly status: Signal<string> = signal('');
  /** What a screen reader hears about the cell. */
  readonly spoken: Signal<string> = signal('');
  /** True while the keyboard is inside the roll. */
  readonly focused: Signal<boolean> = signal(false);

  select(ids: Iterable<string>): void {
    const next = new Set(ids);
    if (next.size === 0 && this.selection.peek().size === 0) return;
    this.selection.value = next;
  }

  /** Adds what is missing and takes out what is there: shift-click. */
  toggle(ids: Iterable<string>): void {
    const next = new Set(this.selection.peek());
    for (const id of ids) if (!next.delete(id)) next.add(id);
    this.selection.value = next;
  }

  clearSelection(): void {
    batch(() => {
      this.select([]);
      this.ghostSelection.value = null;
    });
  }

  setTool(tool: Tool): void {
    this.tool.value = tool;
  }
}
