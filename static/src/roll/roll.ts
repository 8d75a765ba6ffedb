/** `<antiphon-roll>`: the stage of the editor. */
import { effect } from '@preact/signals-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';

import type { ScoreDocument } from '../doc/score-document';
import type { ScoreView } from '../doc/score-view';
import { t } from '../i18n/catalogue';
import { RollActions } from './actions';
import { Camera } from './camera';
import { menuAt } from './context-menu';
import type { Editing } from './editing';
import { Hand } from './hand';
import { Keyboard } from './keyboard';
import { Layers } from './layers';
import { Pointers } from './pointers';
import type { RollPlayer, RollPresence, RollSuggestions } from './ports';
import './roll-menu';
import type { RollMenu } from './roll-menu';
import { rollStyles } from './roll-styles';
import { Stage } from './stage';
import { tellView } from './tell-view';

export class Roll extends LitElement {
  static override readonly styles = rollStyles;
  static override readonly properties = {
    view: { attribute: false },
    document: { attribute: false },
    editing: { attribute: false },
    presence: { attribute: false },
    suggestions: { attribute: false },
    player: { attribute: false },
    empty: { state: true },
  };

  declare view: ScoreView | null;
  /** Null = read only. */
  declare document: ScoreDocument | null;
  declare editing: Editing | null;
  declare presence: RollPresence | null;
  declare suggestions: RollSuggestions | null;
  declare player: RollPlayer | null;
  declare private empty: boolean;

  private stage: Stage | null = null;
  private layers: Layers | null = null;
  private keyboard: Keyboard | null = null;
  private doing: RollActions | null = null;
  private opened = false;
  private readonly closing: (() => void)[] = [];

  constructor() {
    super();
    this.view = null;
    this.document = null;
    this.editing = null;
    this.presence = null;
    this.suggestions = null;
    this.player = null;
    this.empty = false;
  }

  /** What commands do to the roll; null until it is on the page. */
  get actions(): RollActions | null {
    return this.doing;
  }

  /** Where a place in the music is in the window, for tools and tests; pitch at its middle. */
  pointAt(tick: number, pitch: number, drums = false): { x: number; y: number } {
    const geometry = this.stage?.geometry.peek();
    const { left, top } = this.getBoundingClientRect();
    if (!geometry) return { x: left, y: top };
    const y = drums ? (geometry.drumY(pitch) ?? 0) + 7 : geometry.y(pitch) + geometry.rowHeight / 2;
    return { x: left + geometry.x(tick), y: top + y };
  }

  /** Where a velocity of a note stands in the lane, in the window. */
  laneAt(tick: number, velocity: number): { x: number; y: number } {
    const geometry = this.stage?.geometry.peek();
    const { left, top } = this.getBoundingClientRect();
    if (!geometry) return { x: left, y: top };
    return { x: left + geometry.x(tick) + 2, y: top + geometry.laneY(velocity) };
  }

  /** The row of the ruler in which time is marked, sought or looped, in the window. */
  rulerAt(tick: number, row: 'marks' | 'bars' | 'loop'): { x: number; y: number } {
    const geometry = this.stage?.geometry.peek();
    const { left, top } = this.getBoundingClientRect();
    if (!geometry) return { x: left, y: top };
    const { ruler } = geometry;
    const y = { marks: 8, bars: ruler.height - 16, loop: ruler.height - 4 }[row];
    return { x: left + geometry.x(tick), y: top + ruler.y + y };
  }

  /** How often each canvas was painted since the page opened. */
  get paints(): Readonly<Record<string, number>> {
    const pairs = this.layers?.all.map((surface) => [surface.name, surface.paints] as const) ?? [];
    return Object.fromEntries(pairs);
  }

  override focus(options?: FocusOptions): void {
    this.stack?.focus(options);
  }

  private get stack(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.stack');
  }

  protected override updated(changed: PropertyValues): void {
    const parts = ['view', 'editing', 'presence', 'suggestions', 'player'];
    if (parts.some((part) => changed.has(part)) || !this.stage) this.open();
    if (this.stage) this.stage.ports = { ...this.stage.ports, document: this.document };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.open();
  }

  private close(): void {
    for (const close of this.closing.splice(0)) close();
    this.stage = null;
    this.layers = null;
  }

  private open(): void {
    this.close();
    const { view, editing, stack } = this;
    if (!view || !editing || !stack) return;
    const stage = new Stage(view, editing);
    stage.ports = {
      document: this.document,
      player: this.player,
      presence: this.presence,
      suggestions: this.suggestions,
    };
    stage.onAccept = (current) => !this.dispatchEvent(new CustomEvent('accept-candidate', {
      detail: current, bubbles: true, composed: true, cancelable: true,
    }));
    const hand = new Hand(stage);
    const actions = new RollActions(stage);
    this.stage = stage;
    this.doing = actions;
    this.keyboard = new Keyboard(stage, actions, hand);
    stage.open((change) => {
      hand.changed();
      this.layers?.changed(change);
      if (change.origin === 'load' || change.tracks) this.greet();
      this.empty = view.noteCount === 0;
    });
    this.watchSize(stack);
    const layers = new Layers(stage, this);
    this.layers = layers;
    stack.replaceChildren(...layers.all.map((surface) => surface.canvas));
    const pointers = new Pointers(stage, hand, stack, {
      menu: (x, y) => { this.showMenu(x, y); },
    });
    this.closing.push(
      () => { hand.cancel(); },
      () => { pointers.close(); },
      () => { layers.close(); },
      () => { stage.close(); },
      effect(() => { this.say(editing.spoken.value); }),
      tellView(stage),
    );
    this.watchTheme(layers);
    this.greet();
    this.empty = view.noteCount === 0;
  }

  private watchSize(stack: HTMLElement): void {
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = stack;
      const before = this.stage?.size.peek();
      if (!this.stage || (before?.width === width && before.height === height)) return;
      this.stage.size.value = { width, height };
      if (this.opened) new Camera(this.stage).settle();
      else this.greet();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(stack);
    this.closing.push(() => { observer.disconnect(); });
  }

  private watchTheme(layers: Layers): void {
    const observer = new MutationObserver(() => {
      layers.retint();
      this.requestUpdate();
    });
    const root = this.ownerDocument.documentElement;
    observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'class', 'lang'] });
    const ratio = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const resized = (): void => { layers.resize(); };
    ratio.addEventListener('change', resized);
    window.addEventListener('resize', resized);
    this.closing.push(
      () => { observer.disconnect(); },
      () => { ratio.removeEventListener('change', resized); },
      () => { window.removeEventListener('resize', resized); },
    );
  }

  /** The first look at a score, and a current track once there is one. */
  private greet(): void {
    const { stage } = this;
    if (!stage) return;
    const { editing, view } = stage;
    const current = editing.track.peek();
    if (!view.tracks.some((track) => track.id === current)) {
      editing.track.value = view.tracks[0]?.id ?? '';
    }
    const { width, height } = stage.size.peek();
    if (this.opened || width === 0 || height === 0 || view.tracks.length === 0) return;
    this.opened = view.noteCount > 0;
    new Camera(stage).open();
    const first = view.notesOf(editing.track.peek()).notes[0];
    if (first) editing.cell.value = { tick: first.start, pitch: first.pitch };
  }

  private showMenu(x: number, y: number): void {
    const { stage, doing } = this;
    const menu = this.renderRoot.querySelector<RollMenu>('antiphon-roll-menu');
    if (!stage || !doing || !menu) return;
    const area = stage.geometry.peek().area(x, y);
    if (area !== 'grid' && area !== 'drums' && area !== 'keys' && area !== 'drum-names') return;
    const { left, top } = this.getBoundingClientRect();
    menu.items = menuAt(stage, doing, { x, y });
    menu.label = t('roll.menu.label');
    void menu.openAt(left + x, top + y);
  }

  private say(words: string): void {
    const region = this.renderRoot.querySelector('.spoken');
    if (region) region.textContent = words;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !this.keyboard?.press(event)) return;
    if (this.editing && event.key !== 'Escape') this.editing.focused.value = true;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onFocus = (): void => {
    if (!this.editing || this.stack?.matches(':focus-visible') !== true) return;
    this.editing.focused.value = true;
    this.doing?.speak();
  };

  private readonly onBlur = (): void => {
    if (this.editing) this.editing.focused.value = false;
  };

  override render(): TemplateResult {
    return html`
      <div class="stack" tabindex="0" role="application"
        aria-label=${t('roll.label')} aria-describedby="how"
        @keydown=${this.onKey} @focus=${this.onFocus} @blur=${this.onBlur}></div>
      <div class="spoken" role="status" aria-live="polite"></div>
      <div class="spoken" id="how">${t('roll.how')}</div>
      ${this.empty ? html`<div class="empty">${t('roll.empty')}</div>` : nothing}
      <antiphon-roll-menu></antiphon-roll-menu>
    `;
  }
}

customElements.define('antiphon-roll', Roll);

declare global {
  interface HTMLElementTagNameMap {
    'antiphon-roll': Roll;
  }
}
