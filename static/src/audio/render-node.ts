/**
 * Renders a song to raw sound under Node with the browser's own engine.
 *
 * `node render.mjs --soundfont BANK.sf2 --in song.json --out sound.f32` writes interleaved stereo
 * float32 and prints `progress 0.42` lines. Exit status 2 with one line on stderr for bad input.
 * With `--while-stdin` it ends when its stdin does: whoever holds the other end is gone then.
 */

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { SoundBankLoader } from 'spessasynth_core';

import { subsetOf } from './bank-subset';
import { BLOCK, SynthEngine } from './engine';
import type { Patch } from './messages';
import { eventsOf, type TimedNote, type TimedPoint } from './track-events';

interface SongTrack {
  readonly kind: string;
  readonly program: number;
  readonly volume: number;
  readonly pan: number;
  readonly mute: boolean;
  readonly reverb: number;
  readonly chorus: number;
}

/** Times in seconds from the song's start; notes and lanes begin with the index of their track. */
interface Song {
  readonly sampleRate: number;
  readonly tracks: readonly SongTrack[];
  readonly notes: readonly (readonly [number, ...TimedNote])[];
  readonly lanes: readonly (readonly [number, ...TimedPoint])[];
  readonly tail: number;
}

const WRITE_FRAMES = 16_384;

function exactBuffer(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function engineFor(song: Song, soundfont: string): SynthEngine {
  const engine = new SynthEngine(song.sampleRate);
  const patches: Patch[] = song.tracks.map(({ program, kind }) => ({
    program,
    drums: kind === 'drums',
  }));
  const presets = subsetOf(SoundBankLoader.fromArrayBuffer(exactBuffer(soundfont)), patches);
  if (presets !== null) engine.loadBank('presets', presets);
  engine.setChannels(
    song.tracks.map((track, channel) => ({
      channel,
      drums: track.kind === 'drums',
      program: track.program,
      volume: track.volume,
      pan: track.pan,
      reverb: track.reverb,
      chorus: track.chorus,
      gain: track.mute ? 0 : 1,
    })),
  );
  song.tracks.forEach((_, channel) => {
    const notes = song.notes.filter(([track]) => track === channel);
    const points = song.lanes.filter(([track]) => track === channel);
    engine.setEvents(
      channel,
      eventsOf(
        notes.map(([, ...note]) => note),
        points.map(([, ...point]) => point),
        song.sampleRate,
      ),
    );
  });
  return engine;
}

async function render(song: Song, soundfont: string, out: string): Promise<void> {
  const engine = engineFor(song, soundfont);
  const end = song.notes.reduce((last, [, , start, length]) => Math.max(last, start + length), 0);
  const frames = Math.ceil((end + song.tail) * song.sampleRate);
  const file = openSync(out, 'w');
  const left = new Float32Array(BLOCK);
  const right = new Float32Array(BLOCK);
  const pending = new Float32Array(WRITE_FRAMES * 2);
  let filled = 0;
  engine.play(0, Infinity);
  for (let done = 0; done < frames; done += BLOCK) {
    const count = Math.min(BLOCK, frames - done);
    engine.render(left, right, BLOCK);
    for (let i = 0; i < count; i += 1) {
      pending[filled] = left[i] ?? 0;
      pending[filled + 1] = right[i] ?? 0;
      filled += 2;
    }
    if (filled + BLOCK * 2 > pending.length || done + count >= frames) {
      writeSync(file, new Uint8Array(pending.buffer, 0, filled * 4));
      filled = 0;
      process.stdout.write(`progress ${((done + count) / frames).toFixed(4)}\n`);
      // Only now can the end of stdin be heard.
      await setImmediate();
    }
  }
  closeSync(file);
}

try {
  const { values } = parseArgs({
    options: {
      soundfont: { type: 'string' },
      in: { type: 'string' },
      out: { type: 'string' },
      'while-stdin': { type: 'boolean' },
    },
  });
  const { soundfont, in: source, out } = values;
  if (soundfont === undefined || source === undefined || out === undefined) {
    throw new Error('needs --soundfont, --in and --out');
  }
  if (values['while-stdin'] === true) {
    process.stdin.once('close', () => process.exit(3)).resume();
  }
  await render(JSON.parse(readFileSync(source, 'utf8')) as Song, soundfont, out);
  process.stdin.removeAllListeners('close').destroy();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
