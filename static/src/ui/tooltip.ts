/** One tooltip for the page, half a second after the pointer came to rest on a `data-tip`. */
import { placeBeside } from './popup';

const DELAY_MS = 500;

export class Tooltip {
  private readonly box = document.createElement('div');
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.box.className = 'tip';
    this.box.popover = 'manual';
    this.box.ariaHidden = 'true'; // the control's own label says the same to screen readers
    document.body.append(this.box);
    document.addEventListener('pointerover', (event) => {
      if (event.pointerType !== 'touch') this.consider(event.target);
    });
    document.addEventListener('pointerdown', () => { this.hide(); });
    document.addEventListener('keydown', () => { this.hide(); });
    document.addEventListener('scroll', () => { this.hide(); }, true);
  }

  private consider(target: EventTarget | null): void {
    this.hide();
    const anchor = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
    if (anchor === null) return;
    this.timer = setTimeout(() => { this.show(anchor); }, DELAY_MS);
  }

  private show(anchor: HTMLElement): void {
    if (!anchor.isConnected) return;
    const text = anchor.dataset.tip ?? '';
    const keys = anchor.dataset.keys ?? '';
    this.box.replaceChildren(text);
    if (keys !== '') {
      const key = document.createElement('kbd');
      key.textContent = keys;
      this.box.append(key);
    }
    this.box.showPopover();
    placeBeside(this.box, anchor);
  }

  private hide(): void {
    clearTimeout(this.timer);
    if (this.box.matches(':popover-open')) this.box.hidePopover();
  }
}
