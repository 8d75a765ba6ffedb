/** A desk around a real score and real editing state; the sockets and the sound stand still. */
import { signal } from '@preact/signals-core';

import type { SuggestionState } from '../../../static/src/ai/suggestion-state';
import type { Suggestions, SuggestionRequest } from '../../../static/src/ai/suggestions';
import type { Player } from '../../../static/src/audio/player';
import { ScoreDocument } from '../../../static/src/doc/score-document';
import { addNotes, named } from '../../../static/src/doc/gestures/add-notes';
import { addTrack } from '../../../static/src/doc/gestures/tracks';
import type { Presence } from '../../../static/src/net/presence';
import type { Provider } from '../../../static/src/net/provider';
import type { PresenceState, Role } from '../../../static/src/net/presence-state';
import { Editing } from '../../../static/src/roll/editing';
import { Desk } from '../../../static/src/ui/desk';

export class TestDesk {
  readonly role = signal<Role | null>('owner');
  readonly status = signal<'connecting' | 'online' | 'offline' | 'stopped'>('online');
  readonly unacked = signal(0);
  readonly list = signal<readonly SuggestionState[]>([]);
  readonly current = signal<{ suggestion: string; candidate: number } | null>(null);
  readonly asked: SuggestionRequest[] = [];
  /** What the player was told, in order. */
  readonly played: string[] = [];
  readonly playing = signal(false);
  readonly said: Partial<PresenceState>[] = [];
  readonly document = new ScoreDocument();
  readonly editing = new Editing();
  readonly track: string;
  readonly desk: Desk;

  constructor() {
    const gesture = addTrack(this.document, { name: 'Lead', program: 71 });
    this.document.apply(gesture);
    this.track = gesture.track;
    this.editing.track.value = gesture.track;
    this.desk = new Desk({
      scoreId: 'AAAAAAAAAAAA',
      document: this.document,
      editing: this.editing,
      provider: this.provider(),
      presence: this.presence(),
      suggestions: this.suggestions(),
      player: this.player(),
    });
  }

  write(rows: readonly (readonly [start: number, pitch: number, duration: number])[]): string[] {
    const notes = named(rows.map(([start, pitch, duration]) => ({
      track: this.track, start, pitch, duration, velocity: 88,
    })));
    this.document.apply(addNotes(this.document, notes));
    return notes.map((note) => note.id);
  }

  private provider(): Provider {
    const { role, status, unacked } = this;
    const idle = {
      role, status, unacked, synced: signal(true), me: signal(null), stopCode: signal(null),
      stranded: signal(null), outdated: signal(false), on: () => () => undefined,
    };
    return idle as unknown as Provider;
  }

  private presence(): Presence {
    const idle = {
      peers: signal([]),
      set: (partial: Partial<PresenceState>) => { this.said.push(partial); },
    };
    return idle as unknown as Presence;
  }

  private suggestions(): Suggestions {
    const idle = {
      list: this.list, current: this.current, connected: signal(true), problem: signal(null),
      request: (request: SuggestionRequest) => { this.asked.push(request); },
    };
    return idle as unknown as Suggestions;
  }

  private player(): Player {
    const { played, playing } = this;
    const idle = {
      state: signal('ready'), error: signal(null), playing, metronome: signal(false),
      loop: signal({ start: 0, end: 0, on: false }), solo: signal(new Set()), parked: signal(0),
      positionNow: () => 0,
      start: () => Promise.resolve(),
      seek: (tick: number) => { played.push(`seek ${String(tick)}`); },
      play: (from?: number, until?: number) => {
        played.push(`play ${String(from ?? '')}–${String(until ?? '')}`);
        playing.value = true;
      },
      pause: () => { played.push('pause'); playing.value = false; },
      stop: () => { played.push('stop'); playing.value = false; },
      audition: (audition: { notes: readonly unknown[] } | null) => {
        played.push(audition === null ? 'end of audition' : `audition ${audition.notes.length}`);
      },
    };
    return idle as unknown as Player;
  }
}
