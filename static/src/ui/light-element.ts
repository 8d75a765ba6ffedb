import { SignalWatcher } from '@lit-labs/preact-signals';
import { LitElement } from 'lit';

/**
 * The base of our elements: renders into the page itself, so that one sheet of styles, one focus
 * order and one set of ids serve all of them, and renders again when a signal that it read changes.
 */
export class LightElement extends SignalWatcher(LitElement) {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
