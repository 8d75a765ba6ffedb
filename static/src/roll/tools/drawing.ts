import { batch } from '@preact/signals-core';

import { addNotes } from '../../doc/gestures/add-notes';
import { t } from '../../i18n/catalogue';
import { newId, NOTE_ID } from '../../music/ids';
import type { Note } from '../../music/notes';
import { NO_IDS } from '../preview';
import { snapped, stepAt } from '../snapping';
import type { Stage } from '../stage';
import { hoverWords, spanWords } from '../words';
import { endDrag, isFree } from './dragging';
import { SHORTEST } from './kernels';
import { hasMoved, type Pointer } from './pointer';
import { State } from './state';

/** A new note: a click gives it the last length, a drag sets its length. It sounds while held. */
export class Drawing extends State {
  readonly cursor = 'tool-draw';
  private note: Note;

  private constructor(
    stage: Stage,
    track: string,
    private readonly from: Pointer,
  ) {
    super(stage);
    const { editing } = stage;
    const start = isFree(from)
      ? Math.round(from.tick)
      : snapped(stage.snapping, from.tick, 'before');
    this.note = {
      id: newId(NOTE_ID),
      track,
      pitch: from.pitch,
      start,
      duration: editing.lastDuration.peek(),
      velocity: editing.velocity.peek(),
    };
    stage.ports.player?.noteOn(track, from.pitch, this.note.velocity);
    this.show(from);
  }

  /** Begins a note on the current track; null when the track does not stand in that area. */
  static begin(stage: Stage, from: Pointer): Drawing | null {
    const drums = from.area === 'drums';
    const current = stage.currentTrack;
    const fits = current && (current.kind === 'drums') === drums;
    const track = fits ? current : stage.shownTracks.find((t) => (t.kind === 'drums') === drums);
    if (!track) return null;
    stage.editing.track.value = track.id;
    return new Drawing(stage, track.id, from);
  }

  override get scrolls(): 'time' {
    return 'time';
  }

  move(pointer: Pointer): State {
    if (!hasMoved(this.from, pointer)) return this;
    const { stage } = this;
    const { start } = this.note;
    const wish = isFree(pointer)
      ? Math.round(pointer.tick)
      : snapped(stage.snapping, pointer.tick);
    const least = isFree(pointer) ? SHORTEST : stepAt(stage.snapping, start);
    this.note = { ...this.note, duration: Math.max(least, wish - start) };
    this.show(pointer);
    return this;
  }

  private show(pointer: Pointer): void {
    const { stage, note } = this;
    const { meter } = stage.view;
    const drums = stage.isDrums(note.track);
    batch(() => {
      stage.preview.value = { kind: 'draw', before: [], after: [note], hidden: NO_IDS };
      stage.guide.value = { tick: note.start, snapped: !isFree(pointer) };
      if (hasMoved(this.from, pointer)) {
        const text = spanWords(meter, note.start, note.duration, isFree(pointer));
        stage.pill.value = { text, x: pointer.x, y: pointer.y };
      }
      stage.editing.status.value = hoverWords(
        stage, { tick: note.start, pitch: note.pitch, drums }, note,
      );
    });
  }

  /** A note on a track that somebody has deleted would only be stray. */
  override stillHolds(): boolean {
    if (this.stage.view.track(this.note.track)) return true;
    this.stage.editing.status.value = t('roll.gone');
    return false;
  }

  override cancel(): void {
    this.silence();
    super.cancel();
  }

  private silence(): void {
    this.stage.ports.player?.noteOff(this.note.track, this.note.pitch);
  }

  up(): null {
    const { stage, note } = this;
    this.silence();
    endDrag(stage);
    if (!stage.apply(addNotes(stage.view, [note]))) return null;
    batch(() => {
      stage.editing.lastDuration.value = note.duration;
      stage.editing.select([note.id]);
      stage.editing.cell.value = { tick: note.start, pitch: note.pitch };
    });
    return null;
  }
}
