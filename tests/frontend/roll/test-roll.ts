/** A roll without a screen, driven in musical coordinates: real document, real tools. */
import { signal } from '@preact/signals-core';

import { ScoreDocument } from '../../../static/src/doc/score-document';
import type { Change } from '../../../static/src/doc/gesture';
import type { Note, TrackKind } from '../../../static/src/music/notes';
import type { PresenceState } from '../../../static/src/net/presence-state';
import { RollActions } from '../../../static/src/roll/actions';
import { Editing } from '../../../static/src/roll/editing';
import { Hand } from '../../../static/src/roll/hand';
import { Keyboard } from '../../../static/src/roll/keyboard';
import type { RollPlayer } from '../../../static/src/roll/ports';
import { Stage } from '../../../static/src/roll/stage';
import type { PointerInput } from '../../../static/src/roll/tools/pointer';

export const LEAD = 'lead0000';
export const KIT = 'kit00000';

type Keys = Partial<Pick<PointerInput, 'shift' | 'alt' | 'ctrl' | 'meta' | 'button' | 'touch'>>;
type Row = readonly [start: number, pitch: number, duration: number, velocity?: number];

/** Hears what the roll plays. */
export class ListeningPlayer implements RollPlayer {
  readonly playing = signal(false);
  readonly parked = signal(0);
  readonly loop = signal({ start: 0, end: 0, on: false });
  readonly sounding = signal<ReadonlyMap<string, ReadonlySet<number>>>(new Map());
  readonly heard: string[] = [];

  noteOn(track: string, pitch: number): void {
    this.heard.push(`on ${track} ${pitch}`);
  }

  noteOff(track: string, pitch: number): void {
    this.heard.push(`off ${track} ${pitch}`);
  }

  preview(track: string, pitch: number): void {
    this.heard.push(`preview ${track} ${pitch}`);
  }

  seek(tick: number): void {
    this.parked.value = tick;
  }

  positionNow(): number {
    return this.parked.peek();
  }
}

export class TestRoll {
  readonly document = new ScoreDocument();
  readonly editing = new Editing();
  readonly player = new ListeningPlayer();
  /** Everything that this person told the room, merged. */
  readonly told: Partial<PresenceState> = {};
  readonly drags: PresenceState['drag'][] = [];
  readonly stage: Stage;
  readonly hand: Hand;
  readonly actions: RollActions;
  readonly keyboard: Keyboard;
  cursor = '';
  private keys: Keys = {};
  private at = { x: 0, y: 0 };

  constructor(rows: readonly Row[] = [], size = { width: 858, height: 700 }) {
    this.addTrack(LEAD, 'pitched', 1);
    this.addTrack(KIT, 'drums', 11);
    this.write(rows);
    this.editing.track.value = LEAD;
    this.stage = new Stage(this.document, this.editing);
    const presence = {
      peers: signal([]),
      set: (state: Partial<PresenceState>): void => {
        Object.assign(this.told, state);
        if (state.drag !== undefined) this.drags.push(state.drag);
      },
    };
    this.stage.ports = {
      document: this.document, player: this.player, presence, suggestions: null,
    };
    this.hand = new Hand(this.stage);
    this.actions = new RollActions(this.stage);
    this.keyboard = new Keyboard(this.stage, this.actions, this.hand);
    this.stage.open(() => { this.hand.changed(); });
    this.stage.size.value = size;
    this.editing.left.value = 0;
    this.editing.top.value = 84;
    this.editing.zoom.value = 96;
  }

  /** Notes by id, in order of time and pitch, as `[start, pitch, duration, velocity]`. */
  get rows(): (readonly [number, number, number, number])[] {
    return this.notes.map((n) => [n.start, n.pitch, n.duration, n.velocity] as const);
  }

  get notes(): readonly Note[] {
    return this.document.notesOf(LEAD).notes;
  }

  /** Ids in order of time. */
  id(index: number): string {
    const note = this.notes[index];
    if (!note) throw new Error(`there is no note ${index}`);
    return note.id;
  }

  get chosen(): string[] {
    return [...this.editing.selection.peek()].sort();
  }

  write(rows: readonly Row[], track = LEAD): void {
    const changes = rows.map(([start, pitch, duration, velocity = 80], i): Change => ({
      root: 'notes',
      key: `${track.slice(0, 4)}${String(i).padStart(2, '0')}${String(start).padStart(4, '0')}`,
      value: [track, pitch, start, duration, velocity],
    }));
    this.document.apply({ label: 'gesture.add', changes });
  }

  private addTrack(id: string, kind: TrackKind, color: number): void {
    const order = kind === 'drums' ? 'b0' : 'a0';
    const fields = { order, name: id, kind, program: 0, color, volume: 100, pan: 64, mute: 0 };
    const changes = Object.entries(fields).map(([field, value]): Change => ({
      root: 'tracks', key: `${id}:${field}`, value,
    }));
    this.document.apply({ label: 'gesture.add', changes });
  }

  hold(keys: Keys): this {
    this.keys = keys;
    return this;
  }

  /** The middle of a row of the grid at a tick. */
  place(tick: number, pitch: number): { x: number; y: number } {
    const geometry = this.stage.geometry.peek();
    return { x: geometry.x(tick), y: geometry.y(pitch) + geometry.rowHeight / 2 };
  }

  pointerDown(tick: number, pitch: number, clicks = 1): this {
    return this.downAt(this.place(tick, pitch), clicks);
  }

  downAt(at: { x: number; y: number }, clicks = 1): this {
    this.at = at;
    this.cursor = this.hand.down(this.input(clicks));
    return this;
  }

  pointerMove(tick: number, pitch: number): this {
    return this.moveTo(this.place(tick, pitch));
  }

  /** Goes there in steps, as a hand does. */
  moveTo(to: { x: number; y: number }): this {
    const from = this.at;
    for (const part of [0.25, 0.5, 0.75, 1]) {
      this.at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      this.cursor = this.hand.move(this.input(0));
    }
    return this;
  }

  pointerUp(): this {
    this.cursor = this.hand.up(this.input(0));
    return this;
  }

  click(tick: number, pitch: number): this {
    return this.pointerDown(tick, pitch).pointerUp();
  }

  doubleClick(tick: number, pitch: number): this {
    return this.click(tick, pitch).pointerDown(tick, pitch, 2).pointerUp();
  }

  drag(from: readonly [number, number], to: readonly [number, number]): this {
    return this.pointerDown(...from).pointerMove(...to).pointerUp();
  }

  press(key: string, modifiers: Partial<KeyboardEventInit> = {}): boolean {
    return this.keyboard.press(new KeyboardEvent('keydown', { key, ...modifiers }));
  }

  private input(clicks: number): PointerInput {
    return {
      ...this.at, button: 0, touch: false, shift: false, alt: false, ctrl: false, meta: false,
      clicks, ...this.keys,
    };
  }
}
