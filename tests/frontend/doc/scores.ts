/** Scores for tests, and what a test may ask of them. */
import * as Y from 'yjs';
import { ROOT_NAMES, type Change, type Value } from '../../../static/src/doc/gesture';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { newId, NOTE_ID } from '../../../static/src/music/ids';
import type { Note } from '../../../static/src/music/notes';

export const LEAD = 'leadLead';
export const BASS = 'bassBass';

/** What the server puts into a new score. */
export function seed(ydoc: Y.Doc): void {
  ydoc.transact(() => {
    ydoc.getMap('meta').set('schema', 1);
    ydoc.getMap('tempo').set('0', [500_000, 0]);
    ydoc.getMap('meter').set('0', [4, 4]);
    for (const [order, track] of [LEAD, BASS].entries()) {
      ydoc.getMap('tracks').set(`${track}:order`, `a${order}`);
      ydoc.getMap('tracks').set(`${track}:name`, track.slice(0, 4));
    }
  });
}

export function newScore(): ScoreDocument {
  const ydoc = new Y.Doc();
  seed(ydoc);
  return new ScoreDocument(ydoc);
}

/** Joins two documents so that each change reaches the other at once. */
export function joined(count: number): ScoreDocument[] {
  const first = newScore();
  const scores = [first];
  for (let index = 1; index < count; index += 1) scores.push(new ScoreDocument(copyOf(first.ydoc)));
  for (const score of scores) {
    score.ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'wire') return;
      for (const other of scores) if (other !== score) Y.applyUpdate(other.ydoc, update, 'wire');
    });
  }
  return scores;
}

export function copyOf(ydoc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(ydoc));
  return copy;
}

export function note(fields: Partial<Note> = {}): Note {
  return {
    id: newId(NOTE_ID),
    track: LEAD,
    pitch: 60,
    start: 0,
    duration: 240,
    velocity: 100,
    ...fields,
  };
}

/** Everything in the roots, as plain values. */
export function content(score: ScoreDocument): Record<string, Record<string, Value>> {
  return Object.fromEntries(
    ROOT_NAMES.map((root) => {
      const map = score.ydoc.getMap<Value>(root);
      const entries = [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
      return [root, Object.fromEntries(entries)];
    }),
  );
}

/** What the read side says, in a form that can be compared. */
export function reading(score: ScoreDocument): unknown {
  return {
    tracks: score.tracks,
    notes: score.tracks.map(({ id }) => score.notesOf(id).notes),
    longest: score.tracks.map(({ id }) => score.notesOf(id).longest),
    count: score.noteCount,
    end: score.end,
    tempo: score.tempoEvents,
    meter: score.meterEvents,
    keys: score.keyEvents,
    markers: score.markers,
    lanes: score.tracks.map(({ id }) =>
      score.lanesOf(id).map((controller) => [controller, score.lane(id, controller)]),
    ),
    muted: score.tracks.map(({ id }) =>
      score.notesOf(id).notes.filter((one) => score.isMuted(one.id)).map((one) => one.id),
    ),
  };
}

export function write(score: ScoreDocument, ...changes: Change[]): boolean {
  return score.apply({ label: 'gesture.test', changes });
}

/** A write that a program beside ours makes, with whatever value it likes. */
export function rawWrite(score: ScoreDocument, root: string, key: string, value: unknown): void {
  score.ydoc.getMap(root).set(key, value);
}
