/** Styles of the roll's elements; colours come from the page's tokens. */
import { css } from 'lit';

export const rollStyles = css`
  :host {
    display: block;
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--stage);
  }
  .stack {
    position: absolute;
    inset: 0;
    overflow: hidden;
    outline: none;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .stack:focus-visible {
    box-shadow: inset 0 0 0 2px var(--focus);
  }
  canvas {
    position: absolute;
    pointer-events: none;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .empty {
    position: absolute;
    left: 58px;
    right: 0;
    top: 46%;
    text-align: center;
    pointer-events: none;
    color: var(--text-3);
    font: var(--t-md) var(--font);
  }
`;

export const rollMenuStyles = css`
  :host {
    position: fixed;
    inset: auto;
    margin: 0;
    min-width: 200px;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: var(--r3);
    background: var(--raise);
    color: var(--text);
    box-shadow: var(--shadow);
    font: var(--t-sm) var(--font);
  }
  :host(:not(:popover-open)) {
    display: none;
  }
  button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 24px;
    width: 100%;
    min-height: 28px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--r2);
    background: none;
    color: inherit;
    font: inherit;
    text-align: left;
  }
  @media (pointer: coarse) {
    button {
      min-height: 44px;
    }
  }
  button:hover:not([disabled]),
  button:focus-visible {
    background: var(--lift);
  }
  button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  button[disabled] {
    opacity: 0.4;
  }
  kbd {
    color: var(--text-3);
    font: var(--t-xs) var(--font);
  }
  hr {
    height: 1px;
    margin: 4px 0;
    border: 0;
    background: var(--line);
  }
`;
