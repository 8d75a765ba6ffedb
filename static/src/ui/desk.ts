/** Everything that one open score consists of on this page, handed down to the elements. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';

import type { SuggestionRequest, Suggestions } from '../ai/suggestions';
import type { Player } from '../audio/player';
import type { Gesture } from '../doc/gesture';
import type { ScoreDocument } from '../doc/score-document';
import type { UndoReport } from '../doc/undo-report';
import { phrase, t } from '../i18n/catalogue';
import { TICKS_PER_QUARTER } from '../music/notes';
import type { Presence } from '../net/presence';
import type { Role } from '../net/presence-state';
import type { Provider } from '../net/provider';
import type { RollActions } from '../roll/actions';
import type { Editing } from '../roll/editing';
import { Asking } from './asking';
import { Hearing } from './hearing';
import { Layout } from './layout';
import { Notices } from './notices';
import { ScoreSignals } from './score-signals';

export type SaveState = 'saved' | 'saving' | 'waiting' | 'failed';

export interface DeskParts {
  readonly scoreId: string;
  readonly document: ScoreDocument;
  readonly provider: Provider;
  readonly presence: Presence;
  readonly suggestions: Suggestions;
  readonly player: Player;
  readonly editing: Editing;
}

export class Desk {
  readonly scoreId: string;
  readonly document: ScoreDocument;
  readonly provider: Provider;
  readonly presence: Presence;
  readonly suggestions: Suggestions;
  readonly player: Player;
  readonly editing: Editing;
  readonly score: ScoreSignals;
  readonly notices = new Notices();
  readonly layout = new Layout();
  readonly hearing: Hearing;
  /** What commands do to the roll; null until it is on the page. */
  roll: () => RollActions | null = () => null;
  /** Width of the roll in pixels; 0 until it is on the page. */
  rollWidth: () => number = () => 0;
  /** Makes the visitor's copy of a template and asks there. */
  copyFirst: (request: SuggestionRequest) => void = () => undefined;
  readonly asking: Asking;
  readonly title: Signal<string> = signal('');
  /** A score that everybody may read and whose first edit makes a copy. */
  readonly template: Signal<boolean> = signal(false);
  /** The score went to the trash while it was open. */
  readonly deleted: Signal<boolean> = signal(false);
  /** Where the playhead stands, in ticks; follows the sound while it plays. */
  readonly position: Signal<number> = signal(0);
  readonly canEdit: ReadonlySignal<boolean>;
  readonly saved: ReadonlySignal<SaveState>;

  constructor(parts: DeskParts) {
    this.scoreId = parts.scoreId;
    this.document = parts.document;
    this.provider = parts.provider;
    this.presence = parts.presence;
    this.suggestions = parts.suggestions;
    this.player = parts.player;
    this.editing = parts.editing;
    this.score = new ScoreSignals(parts.document);
    this.hearing = new Hearing(this);
    this.asking = new Asking(this);
    this.canEdit = computed(() => this.template.value || writes(this.provider.role.value));
    this.saved = computed(() => this.saveState());
  }

  /** Writes a gesture; a template makes its copy first, through the document's intercept. */
  apply(gesture: Gesture): boolean {
    if (!this.canEdit.peek()) {
      this.notices.say(t('toast.readOnly'));
      return false;
    }
    return this.document.apply(gesture);
  }

  /** Asks for a suggestion; on a template in the copy that this makes. */
  ask(): void {
    const request = this.asking.request();
    if (request === null) return;
    if (this.template.peek()) this.copyFirst(request);
    else this.asking.send(request);
  }

  /** Scrolls the roll to a span of ticks unless its beginning is in sight. */
  bringIntoSight(start: number, end: number): void {
    const { left, zoom } = this.editing;
    const shown = (this.rollWidth() / zoom.peek()) * TICKS_PER_QUARTER;
    const last = left.peek() + shown;
    if (start >= left.peek() && Math.min(end, start + shown / 2) <= last) return;
    const bar = this.score.view.meter.barAt(start);
    left.value = this.score.view.meter.barStart(Math.max(0, bar - 1));
  }

  /** Says what was just done, with a way back for as long as it is the last thing done. */
  sayUndoable(text: string): void {
    this.notices.say(text, { label: t('common.undo'), run: () => { this.undo(); } });
    const toast = this.notices.toast.peek();
    const stop = this.document.onChange(({ origin }) => {
      if (origin !== 'local' && origin !== 'undo') return;
      stop();
      if (this.notices.toast.peek() === toast) this.notices.clear();
    });
  }

  undo(): void {
    this.report(this.document.undo());
  }

  redo(): void {
    this.report(this.document.redo());
  }

  /** Says what an undo had to leave; one that went through whole needs no words. */
  private report(report: UndoReport | null): void {
    if (report === null || report.left === 0) return;
    const names = report.by.length > 0 ? report.by.join(', ') : t('undo.others');
    const counts = { left: report.left, total: report.total, names };
    this.notices.say(report.notes ? t('undo.leftNotes', counts) : t('undo.leftValues', counts));
  }

  private saveState(): SaveState {
    const waiting = this.provider.unacked.value;
    const status = this.provider.status.value;
    if (waiting === 0) return 'saved';
    if (status === 'stopped') return 'failed';
    return status === 'online' ? 'saving' : 'waiting';
  }
}

function writes(role: Role | null): boolean {
  return role === 'owner' || role === 'editor';
}

/** The name of a step of undo, "Move notes"; gestures carry catalogue keys. */
export function gestureName(label: string): string {
  return phrase(label);
}
