/** What commands, menus and keys do to the roll. No DOM: tests and menus call it alike. */
import { batch } from '@preact/signals-core';

import { addNotes, named } from '../doc/gestures/add-notes';
import { deleteNotes } from '../doc/gestures/delete-notes';
import { duplicateNotes, idsAdded } from '../doc/gestures/duplicate-notes';
import { moveNotes } from '../doc/gestures/move-notes';
import { muteNotes } from '../doc/gestures/mute-notes';
import { setVelocity } from '../doc/gestures/set-velocity';
import { transposeNotes } from '../doc/gestures/transpose-notes';
import type { Note } from '../music/notes';
import { Camera } from './camera';
import { snapped, stepAt } from './snapping';
import type { Stage } from './stage';
import { eachBetween } from './visible';
import { cellWords } from './words';

const ZOOM_STEP = 1.25;

export class RollActions {
  private readonly camera: Camera;

  constructor(private readonly stage: Stage) {
    this.camera = new Camera(stage);
  }

  private get chosen(): readonly string[] {
    return [...this.stage.editing.selection.peek()];
  }

  /** All notes of the current track. */
  selectAll(): void {
    const { editing, view } = this.stage;
    editing.select(view.notesOf(editing.track.peek()).notes.map((note) => note.id));
  }

  /** All notes of the shown tracks. */
  selectEverything(): void {
    const { editing, view, shownTracks } = this.stage;
    editing.select(shownTracks.flatMap((t) => view.notesOf(t.id).notes.map((note) => note.id)));
  }

  /** Notes of the current track on one row. */
  selectPitch(pitch: number): void {
    const { editing, view } = this.stage;
    const notes = view.notesOf(editing.track.peek()).notes;
    editing.select(notes.filter((note) => note.pitch === pitch).map((note) => note.id));
  }

  /** Notes of the shown tracks that start in a stretch of time. */
  selectTime(start: number, end: number): void {
    const { editing, view, shownTracks } = this.stage;
    const ids: string[] = [];
    for (const track of shownTracks) {
      eachBetween(view.notesOf(track.id), start, end, (note) => {
        if (note.start >= start) ids.push(note.id);
      });
    }
    editing.select(ids);
  }

  /** Takes the chosen notes away, or the one at the cell while none is chosen. */
  deleteSelection(): void {
    const ids = this.chosen.length > 0 ? this.chosen : this.cellIds();
    this.stage.apply(deleteNotes(this.stage.view, ids));
    this.speak();
  }

  private cellIds(): readonly string[] {
    const note = this.camera.noteAtCell();
    return note ? [note.id] : [];
  }

  duplicate(): void {
    const gesture = duplicateNotes(this.stage.view, this.chosen);
    const added = idsAdded(this.stage.view, gesture);
    if (!this.stage.apply(gesture)) return;
    this.stage.editing.select(added);
    this.showChosen();
  }

  /** Moves the chosen notes by grid steps. */
  nudge(steps: number): void {
    const { stage } = this;
    const first = stage.notes(this.chosen)[0];
    if (!first) return;
    const dt = steps * stepAt(stage.snapping, first.start);
    stage.apply(moveNotes(stage.view, this.chosen, dt, 0));
    this.showChosen();
  }

  transpose(semitones: number): void {
    this.stage.apply(transposeNotes(this.stage.view, this.chosen, semitones));
    const note = this.stage.notes(this.chosen)[0];
    if (note) this.stage.ports.player?.preview(note.track, note.pitch, note.velocity);
    this.showChosen();
  }

  /** Makes the chosen notes louder or softer together. */
  changeVelocity(by: number): void {
    const notes = this.stage.notes(this.chosen);
    const values = new Map(notes.map((n) => [n.id, Math.min(127, Math.max(1, n.velocity + by))]));
    this.stage.apply(setVelocity(this.stage.view, values));
  }

  toggleMute(): void {
    const { view } = this.stage;
    const mutes = this.chosen.some((id) => !view.isMuted(id));
    this.stage.apply(muteNotes(view, this.chosen, mutes));
  }

  zoomIn(axis: 'time' | 'pitch' = 'time'): void {
    this.zoom(ZOOM_STEP, axis);
  }

  zoomOut(axis: 'time' | 'pitch' = 'time'): void {
    this.zoom(1 / ZOOM_STEP, axis);
  }

  private zoom(factor: number, axis: 'time' | 'pitch'): void {
    const { grid } = this.stage.geometry.peek();
    if (axis === 'pitch') this.camera.zoomRows(factor, grid.y + grid.height / 2);
    else this.camera.zoomTime(factor, grid.x + grid.width / 2);
  }

  zoomToFit(): void {
    this.camera.fitAll();
  }

  zoomToSelection(): void {
    this.camera.fitNotes(this.stage.notes(this.chosen));
  }

  /** Brings the chosen notes into sight. */
  showChosen(): void {
    const notes = this.stage.notes(this.chosen);
    const first = notes[0];
    if (!first) return;
    this.camera.reveal(first.start, this.stage.isDrums(first.track) ? null : first.pitch);
  }

  /** Moves the cell by grid steps and rows. */
  moveCell(steps: number, rows: number): void {
    const { stage } = this;
    const { editing } = stage;
    const cell = editing.cell.peek();
    const drums = stage.currentTrack?.kind === 'drums';
    const pitch = drums
      ? stage.geometry.peek().drumStep(cell.pitch, rows)
      : Math.min(127, Math.max(0, cell.pitch + rows));
    editing.cell.value = { tick: this.step(cell.tick, steps), pitch };
    this.camera.reveal(editing.cell.peek().tick, drums ? null : pitch);
    if (rows !== 0) this.hear();
    this.speak();
  }

  private step(tick: number, steps: number): number {
    const { snapping } = this.stage;
    const on = snapped(snapping, tick, steps < 0 ? 'after' : 'before');
    if (steps === 0) return tick;
    if (steps > 0) {
      const next = snapped(snapping, on + 1, 'after');
      return next > on ? next : on + stepAt(snapping, on);
    }
    return on === 0 ? 0 : snapped(snapping, on - 1, 'before');
  }

  /** Moves the cell by whole bars, to the start of one. */
  moveCellByBars(bars: number): void {
    const { editing, view } = this.stage;
    const cell = editing.cell.peek();
    const bar = view.meter.barAt(cell.tick);
    const start = view.meter.barStart(bar);
    const target = bars < 0 && cell.tick > start ? bar : Math.max(0, bar + bars);
    this.putCell(view.meter.barStart(target));
  }

  /** Puts the cell at a tick and says where it is. */
  putCell(tick: number): void {
    const { editing } = this.stage;
    const cell = editing.cell.peek();
    editing.cell.value = { ...cell, tick: Math.max(0, tick) };
    this.camera.reveal(editing.cell.peek().tick, null);
    this.speak();
  }

  /** The cell goes to the next or the previous note of the track. */
  cellToNote(direction: 1 | -1): void {
    const { editing, view, isDrums } = this.stageParts();
    const list = view.notesOf(editing.track.peek());
    const { tick, pitch } = editing.cell.peek();
    const here = this.camera.noteAtCell();
    let index = list.firstFrom(tick);
    if (here) index = list.notes.indexOf(here) + (direction > 0 ? 1 : -1);
    else if (direction < 0) index -= 1;
    const note = list.notes[index];
    if (!note) return;
    editing.cell.value = { tick: note.start, pitch: note.pitch };
    this.camera.reveal(note.start, isDrums ? null : note.pitch);
    if (note.pitch !== pitch || note !== here) this.hear();
    this.speak();
  }

  private stageParts(): {
    readonly editing: Stage['editing'];
    readonly view: Stage['view'];
    readonly isDrums: boolean;
  } {
    const { editing, view, currentTrack } = this.stage;
    return { editing, view, isDrums: currentTrack?.kind === 'drums' };
  }

  /** Grows the choice along time: what starts between the old and the new place of the cell. */
  extendSelection(steps: number): void {
    const { editing, view } = this.stage;
    const before = editing.cell.peek().tick;
    this.moveCell(steps, 0);
    const after = editing.cell.peek().tick;
    const span = [Math.min(before, after), Math.max(before, after)] as const;
    const ids = new Set(editing.selection.peek());
    eachBetween(view.notesOf(editing.track.peek()), span[0], span[1], (note) => {
      if (note.start >= span[0]) ids.add(note.id);
    });
    editing.select(ids);
  }

  /** Writes a note at the cell, or takes away the one that is there. */
  toggleCell(): void {
    const { stage } = this;
    const { editing, currentTrack: track } = stage;
    if (!track) return;
    const there = this.camera.noteAtCell();
    if (there) {
      stage.apply(deleteNotes(stage.view, [there.id]));
      this.speak();
      return;
    }
    const cell = editing.cell.peek();
    const [note] = named([{
      track: track.id,
      pitch: cell.pitch,
      start: Math.round(cell.tick),
      duration: editing.lastDuration.peek(),
      velocity: editing.velocity.peek(),
    }]);
    if (!note || !stage.apply(addNotes(stage.view, [note]))) return;
    editing.select([note.id]);
    this.hear();
    this.speak();
  }

  /** Chooses the note at the cell, or lets it go. */
  toggleCellSelection(): void {
    const note = this.camera.noteAtCell();
    if (note) this.stage.editing.toggle([note.id]);
    this.speak();
  }

  private hear(): void {
    const { editing, ports, currentTrack } = this.stage;
    if (!currentTrack) return;
    const velocity = this.camera.noteAtCell()?.velocity ?? editing.velocity.peek();
    ports.player?.preview(currentTrack.id, editing.cell.peek().pitch, velocity);
  }

  /** Says the cell aloud and in the status bar. */
  speak(): void {
    const note: Note | null = this.camera.noteAtCell();
    const words = cellWords(this.stage, note);
    batch(() => {
      this.stage.editing.spoken.value = words;
      this.stage.editing.status.value = words;
    });
  }
}
