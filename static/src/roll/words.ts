/** What the roll says: cells, notes and changes in a musician's words. */
import type { Shift } from '../doc/gestures/move-notes';
import { t } from '../i18n/catalogue';
import { beatTicks, type MeterMap } from '../music/meter-map';
import type { Note, Track } from '../music/notes';
import { pitchName } from '../music/pitch';
import { keyAt } from '../music/scale';
import { drumLabel } from './paint/keys';
import { shownTrack } from './shown-track';
import type { Stage } from './stage';

/** "Bar 6, beat 2". */
export function placeWords(meter: MeterMap, tick: number): string {
  const { bar, beat } = meter.beatAt(Math.max(0, tick));
  return t('roll.place', { bar: bar + 1, beat: beat + 1 });
}

/** The name of a row: a pitch spelled in the key of that place, or a drum. */
export function rowWords(stage: Stage, pitch: number, tick: number, drums: boolean): string {
  if (drums) return drumLabel(pitch);
  return pitchName(pitch, keyAt(stage.view.keyEvents, tick)?.fifths ?? 0);
}

/** "Bar 6, beat 2 · A4", and the note's track and velocity where there is one. */
export function hoverWords(
  stage: Stage,
  at: { readonly tick: number; readonly pitch: number; readonly drums: boolean },
  note: Note | null,
): string {
  const parts = [placeWords(stage.view.meter, at.tick)];
  parts.push(rowWords(stage, at.pitch, at.tick, at.drums));
  if (note) {
    const track = stage.view.track(note.track);
    parts.push(nameOf(track), t('roll.velocityOf', { n: note.velocity }));
  }
  return parts.filter((part) => part !== '').join(' · ');
}

function nameOf(track: Track | undefined): string {
  return track ? shownTrack(track).name : '';
}

/** "up 5 · +1 beat"; with `ticks` the time is given exactly. */
export function shiftWords(meter: MeterMap, at: number, by: Shift, ticks: boolean): string {
  const parts: string[] = [];
  if (by.dp > 0) parts.push(t('roll.pill.up', { n: by.dp }));
  if (by.dp < 0) parts.push(t('roll.pill.down', { n: -by.dp }));
  if (by.dt !== 0) parts.push(spanWords(meter, at, by.dt, ticks));
  return parts.join(' · ');
}

/** "+1 beat", "−2 bars", "+30 ticks". */
export function spanWords(meter: MeterMap, at: number, dt: number, ticks: boolean): string {
  const sign = dt < 0 ? '−' : '+';
  const size = Math.abs(dt);
  const here = meter.meterAt(Math.max(0, at));
  const beat = beatTicks(here);
  const bar = beat * here.numerator;
  if (ticks || (size * 4) % beat !== 0) return sign + t('roll.ticks', { n: size });
  if (size % bar === 0) return sign + t('roll.barsLong', { n: size / bar });
  return sign + t('roll.beats', { n: size / beat });
}

/** What a screen reader hears about the cell: "A4, bar 6 beat 2, Lead, note, velocity 84". */
export function cellWords(stage: Stage, note: Note | null): string {
  const { tick, pitch } = stage.editing.cell.peek();
  const track = stage.currentTrack;
  const { bar, beat } = stage.view.meter.beatAt(tick);
  const row = rowWords(stage, pitch, tick, track?.kind === 'drums');
  const place = t('roll.spoken.place', { bar: bar + 1, beat: beat + 1 });
  const parts = [row, place, nameOf(track)];
  if (note) {
    parts.push(t('roll.spoken.note'), t('roll.velocityOf', { n: note.velocity }));
    if (stage.editing.selection.peek().has(note.id)) parts.push(t('roll.spoken.selected'));
  } else parts.push(t('roll.spoken.empty'));
  return parts.filter((part) => part !== '').join(', ');
}
