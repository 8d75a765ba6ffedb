/** What the page tells the person in passing: one toast at a time. */
import { signal, type Signal } from '@preact/signals-core';

export interface Toast {
  readonly text: string;
  /** Shown as a button when there is something to take back or to go to. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 6000;

export class Notices {
  readonly toast: Signal<Toast | null> = signal<Toast | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows a toast for six seconds, in place of the one before. */
  say(text: string, action?: Toast['action']): void {
    this.toast.value = action === undefined ? { text } : { text, action };
    this.release();
  }

  /** Stops the clock while the pointer or the focus is on the toast. */
  hold(): void {
    clearTimeout(this.timer);
  }

  release(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.clear();
    }, SHOWN_MS);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.toast.value = null;
  }
}
