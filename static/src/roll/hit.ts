/** What lies under a point: a note, one of its edges, a suggested note. */
import type { CandidateState, SuggestedNote, SuggestionState } from '../ai/suggestion-state';
import type { Note } from '../music/notes';
import type { Geometry } from './geometry';
import { hitWidth } from './paint/note-box';
import type { Stage } from './stage';
import { eachBetween } from './visible';

/** Grip of an edge in pixels, at most a third of the note. */
const GRIP = 5;
/** A finger's grip. */
const TOUCH_GRIP = 12;
/** Narrow notes can be hit this much beside them. */
const SLACK = 2;

export type Part = 'body' | 'start' | 'end';

export interface NoteHit {
  readonly note: Note;
  readonly part: Part;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly touch?: boolean;
}

/** The note at a point: a selected one first, then the current track's, then the upper tracks'. */
export function noteAt(stage: Stage, spot: Spot): NoteHit | null {
  const geometry = stage.geometry.peek();
  const area = geometry.area(spot.x, spot.y);
  if (area !== 'grid' && area !== 'drums') return null;
  const drums = area === 'drums';
  const pitch = drums ? geometry.drumPitch(spot.y) : geometry.pitch(spot.y);
  if (pitch === null) return null;
  const chosen = stage.editing.selection.peek();
  const current = stage.editing.track.peek();
  let best: Note | null = null;
  let rank = -1;
  for (const track of stage.shownTracks) {
    if ((track.kind === 'drums') !== drums) continue;
    const ranked = track.id === current ? 1 : 0;
    for (const note of notesAt(stage, geometry, track.id, pitch, spot, drums)) {
      const worth = chosen.has(note.id) ? 2 : ranked;
      if (worth > rank) [best, rank] = [note, worth];
    }
  }
  if (!best) return null;
  return { note: best, part: drums ? 'body' : partAt(geometry, best, spot) };
}

function notesAt(
  stage: Stage,
  geometry: Geometry,
  track: string,
  pitch: number,
  spot: Spot,
  drums: boolean,
): Note[] {
  const slack = SLACK / geometry.pixelsPerTick;
  const reach = drums ? hitWidth(geometry) / geometry.pixelsPerTick : slack;
  const tick = geometry.tick(spot.x);
  const found: Note[] = [];
  eachBetween(stage.view.notesOf(track), tick - reach, tick + slack, (note) => {
    if (note.pitch !== pitch) return;
    const end = drums ? note.start + reach : note.start + note.duration;
    const wide = note.duration * geometry.pixelsPerTick > 8;
    const margin = wide ? 0 : slack;
    if (tick >= note.start - margin && tick <= end + margin) found.push(note);
  });
  return found;
}

function partAt(geometry: Geometry, note: Note, spot: Spot): Part {
  const width = note.duration * geometry.pixelsPerTick;
  const grip = Math.min(spot.touch === true ? TOUCH_GRIP : GRIP, width / 3);
  const along = spot.x - geometry.x(note.start);
  if (along > width - grip) return 'end';
  return along < grip ? 'start' : 'body';
}

export interface GhostHit {
  readonly suggestion: SuggestionState;
  readonly candidate: CandidateState;
  readonly id: string;
}

/** The suggested note at a point; the current candidate lies on top. */
export function ghostAt(stage: Stage, spot: Spot): GhostHit | null {
  const geometry = stage.geometry.peek();
  const area = geometry.area(spot.x, spot.y);
  if (area !== 'grid' && area !== 'drums') return null;
  const pitch = area === 'drums' ? geometry.drumPitch(spot.y) : geometry.pitch(spot.y);
  const tick = geometry.tick(spot.x);
  const current = stage.ports.suggestions?.current.peek();
  let found: GhostHit | null = null;
  for (const suggestion of stage.ports.suggestions?.list.peek() ?? []) {
    if (!isShown(suggestion)) continue;
    for (const candidate of suggestion.candidates) {
      const top = current?.suggestion === suggestion.id && current.candidate === candidate.index;
      if (found && !top) continue;
      const note = ghostsOf(stage, candidate).find(
        (n) => n.pitch === pitch && tick >= n.start && tick < n.start + n.duration
          && stage.isDrums(n.track) === (area === 'drums'),
      );
      if (note) found = { suggestion, candidate, id: note.id };
    }
  }
  return found;
}

/** Notes of a candidate that are still only suggested: neither accepted nor put away. */
export function ghostsOf(stage: Stage, candidate: CandidateState): readonly SuggestedNote[] {
  const { verdict, kept, notes } = candidate;
  if (verdict === 'dismissed' || (verdict === 'accepted' && kept === null)) return [];
  return kept === null ? notes : notes.filter((note) => !stage.view.note(note.id));
}

/** Whether ghosts of a suggestion belong on the stage. */
export function isShown(suggestion: SuggestionState): boolean {
  const { status, hidden } = suggestion;
  return !hidden && (status === 'waiting' || status === 'arriving' || status === 'ready');
}

/** All written notes inside a box in pixels; the box is free, a touched note is in. */
export function notesInside(
  stage: Stage,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Note[] {
  const geometry = stage.geometry.peek();
  const left = geometry.tick(box.x);
  const right = geometry.tick(box.x + box.width);
  const high = geometry.pitch(Math.max(box.y, geometry.grid.y));
  const low = geometry.pitch(Math.min(box.y + box.height, geometry.grid.y + geometry.grid.height));
  const pitched = box.y < geometry.grid.y + geometry.grid.height;
  const found: Note[] = [];
  for (const track of stage.shownTracks) {
    const drums = track.kind === 'drums';
    if (!drums && !pitched) continue;
    eachBetween(stage.view.notesOf(track.id), left, right, (note) => {
      if (drums) {
        const y = geometry.drumY(note.pitch);
        if (y === null || geometry.drums.height === 0) return;
        if (y + 12 < box.y || y + 2 > box.y + box.height || note.start < left) return;
      } else if (note.pitch < low || note.pitch > high) return;
      found.push(note);
    });
  }
  return found;
}
