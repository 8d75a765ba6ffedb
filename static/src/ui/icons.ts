/** Our own icons: a 20 px grid, stroke 1.5, drawn inline so that any root can show them. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const SHAPES = {
  again: svg`<path d="M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4"/>`,
  answer: svg`
    <rect class="solid" x="2.5" y="11" width="8" height="4" rx="1.3"/>
    <rect x="9.8" y="5.2" width="7.5" height="3.6" rx="1.3"/>`,
  select: svg`<path d="m5 3.5 10.5 6-4.7 1.3-2.3 4.4z"/>`,
  back: svg`<path d="m12 5-5 5 5 5"/>`,
  check: svg`<path d="m4.5 10.5 3.5 3.5 7.5-8"/>`,
  cloud: svg`
    <path d="M6.5 15a3.5 3.5 0 0 1-.3-7 4.2 4.2 0 0 1 8-.3A3.7 3.7 0 0 1 14 15M4 4l12 12.5"/>`,
  down: svg`<path d="m7 8.5 3 3 3-3"/>`,
  draw: svg`
    <path d="m4 16 .7-3.2 8.6-8.6a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2l-8.6 8.6zM11.8
      5.7l2.5 2.5"/>`,
  ear: svg`
    <path d="M4 12v-2a6 6 0 0 1 12 0v2M4 12.5A1.5 1.5 0 0 1 5.5 11H7v5H5.5A1.5 1.5 0 0 1 4
      14.5zM16 12.5a1.5 1.5 0 0 0-1.5-1.5H13v5h1.5a1.5 1.5 0 0 0 1.5-1.5z"/>`,
  erase: svg`
    <path d="M8 16h8.5M4.2 11.3l6.6-6.6a1.5 1.5 0 0 1 2.1 0l2.4 2.4a1.5 1.5 0 0 1 0 2.1L9.5 15a2
      2 0 0 1-1.4.6h-.7a2 2 0 0 1-1.4-.6l-1.8-1.6a1.5 1.5 0 0 1 0-2.1zM7.5 8l4.5 4.5"/>`,
  find: svg`<circle cx="9" cy="9" r="5"/><path d="m13 13 3.5 3.5"/>`,
  import: svg`
    <path d="M10 3.5v8.5M6.8 9 10 12.2 13.2 9M4 11v4a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 16
      15v-4"/>`,
  split: svg`<path d="M10 3v2.5M10 14.5V17M3.5 7.5h4v5h-4zM12.5 7.5h4v5h-4zM10 7.5v5"/>`,
  lane: svg`<path d="M4 16V11M8 16V6M12 16V9M16 16V4"/>`,
  link: svg`
    <path d="M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.9.9M11.5 8.5a3 3 0 0 0-4.2
      0l-2.4 2.4a3 3 0 0 0 4.2 4.2l.9-.9"/>`,
  loop: svg`
    <path d="M4 10.5V9a3 3 0 0 1 3-3h8M13 3.5 15.5 6 13 8.5M16 9.5V11a3 3 0 0 1-3 3H5M7 11.5 4.5
      14 7 16.5"/>`,
  magnet: svg`<path d="M5 4h3v6a2 2 0 0 0 4 0V4h3v6a5 5 0 0 1-10 0zM5 7h3M12 7h3"/>`,
  metronome: svg`<path d="M7.5 3.5h5l3 13h-11zM6 12h8M10 12l5-7"/>`,
  more: svg`
    <circle class="solid" cx="4.5" cy="10" r="1.4"/>
    <circle class="solid" cx="10" cy="10" r="1.4"/>
    <circle class="solid" cx="15.5" cy="10" r="1.4"/>`,
  mute: svg`<path d="M3.5 8v4H6l3.5 3V5L6 8zM12.5 8l4 4M16.5 8l-4 4"/>`,
  pause: svg`<path class="solid" d="M5.5 4h3v12h-3zM11.5 4h3v12h-3z"/>`,
  play: svg`
    <path class="solid" d="M6.5 4.2c0-.6.7-1 1.2-.7l8.2 5.7c.5.4.5 1.2 0 1.6l-8.2 5.7c-.5.3-1.2
      0-1.2-.7z"/>`,
  plus: svg`<path d="M10 4.5v11M4.5 10h11"/>`,
  redo: svg`<path d="M13 4l3.5 3.5L13 11M16 7.5H8.5a4.25 4.25 0 0 0 0 8.5H12"/>`,
  share: svg`
    <path d="M10 12V3.5M6.8 6.5 10 3.3l3.2 3.2M4 11v4a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 16
      15v-4"/>`,
  start: svg`
    <path d="M5 5v10"/>
    <path class="solid" d="M15 5.6v8.8c0 .5-.5.8-.9.5L8 10.5a.6.6 0 0 1 0-1l6.1-4.4c.4-.3.9 0
      .9.5z"/>`,
  stop: svg`<rect class="solid" x="5" y="5" width="10" height="10" rx="1.5"/>`,
  sun: svg`
    <circle cx="10" cy="10" r="3.5"/>
    <path d="M10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1
      1M5.7 14.3l-1 1"/>`,
  undo: svg`<path d="M7 4 3.5 7.5 7 11M4 7.5h7.5a4.25 4.25 0 0 1 0 8.5H8"/>`,
  warn: svg`<path d="M10 4 3.5 15.5h13zM10 8.5v3.5M10 13.8v.1"/>`,
  wave: svg`<path d="M3 10v0M5.5 8v4M8 5v10M10.5 7.5v5M13 4v12M15.5 8v4M17.8 10v0"/>`,
  close: svg`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9"/>`,
  people: svg`
    <circle cx="7.5" cy="7" r="2.6"/>
    <path d="M2.8 15.5c.3-2.8 2.2-4.5 4.7-4.5s4.4 1.7 4.7 4.5M12.8 4.7a2.6 2.6 0 0 1 0 4.7M14.3
      11.3c1.7.5 2.7 2 2.9 4.2"/>`,
  keys: svg`
    <rect x="3.5" y="4.5" width="13" height="11" rx="1.5"/>
    <path d="M7.8 10.5v5M12.2 10.5v5"/>
    <path class="solid" d="M6.5 4.5h2.6v6H6.5zM10.9 4.5h2.6v6h-2.6z"/>`,
  bass: svg`
    <path d="M5.5 8.2C5.5 5.6 7.3 4 9.5 4s4 1.5 4 4.2c0 3.8-3 6.5-7.5 8"/>
    <circle class="solid" cx="6.7" cy="8.4" r="1.5"/>
    <circle class="solid" cx="16.3" cy="6.5" r="1"/>
    <circle class="solid" cx="16.3" cy="10" r="1"/>`,
  drums: svg`
    <ellipse cx="10" cy="8" rx="6.5" ry="2.8"/>
    <path d="M3.5 8v5c0 1.6 2.9 2.8 6.5 2.8s6.5-1.2 6.5-2.8V8M14.5 2.5 9.5 7"/>`,
  pad: svg`<path d="M3 8c2.3-3 4.7-3 7 0s4.7 3 7 0M3 13c2.3-3 4.7-3 7 0s4.7 3 7 0"/>`,
  reed: svg`<path d="M4.5 15.5 14 6l1.5-2.5M3.5 14.5l2 2M8.5 10.2l1.3 1.3M11 7.7l1.3 1.3"/>`,
  export: svg`
    <path d="M10 12.2V3.7M6.8 6.9 10 3.7l3.2 3.200M4 11v4a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0
      16 15v-4"/>`,
  trash: svg`<path d="M4 6h12M8 6V4.5h4V6M5.5 6l.7 9.5h7.6l.7-9.5M8.5 8.7v4.3M11.5 8.7v4.3"/>`,
  copy: svg`
    <rect x="7" y="7" width="9" height="9" rx="1.5"/>
    <path d="M13 7V5.5A1.5 1.5 0 0 0 11.5 4h-6A1.5 1.5 0 0 0 4 5.5v6A1.5 1.5 0 0 0 5.5 13H7"/>`,
  follow: svg`<path d="M4 4v12M7.5 10H16M12.5 6.5 16 10l-3.5 3.5"/>`,
  eye: svg`
    <path d="M2.8 10c1.9-3.2 4.3-4.8 7.2-4.800s5.3 1.6 7.2 4.8c-1.9 3.2-4.3 4.8-7.2 4.800S4.7
      13.2 2.8 10z"/>
    <circle cx="10" cy="10" r="2.2"/>`,
  hidden: svg`<path d="M3 10.5c2 2 4.3 3 7 3s5-1 7-3M5.5 12.5 4 14.5M10 13.5V16M14.5 12.5l1.5 2"/>`,
  keyboard: svg`
    <rect x="2.5" y="5" width="15" height="10" rx="1.5"/>
    <path d="M5.5 8h.1M8.5 8h.1M11.5 8h.1M14.5 8h.1M7 12h6"/>`,
  moon: svg`<path d="M16 12.2A6.5 6.5 0 0 1 7.8 4a6.5 6.5 0 1 0 8.2 8.2z"/>`,
  mallet: svg`<path d="M4 14.5h12M5.5 14.5V9M8.5 14.5V7.5M11.5 14.5V7.5M14.5 14.5V9M12 5l4-2"/>`,
  organ: svg`<path d="M4 16V9M7 16V6M10 16V3.5M13 16V6M16 16V9M3 16h14"/>`,
  guitar: svg`
    <path d="M16.5 3.5 10.5 9.5M11 8.700c-1.2-1-2.9-.9-3.9.3-.5.6-1.3.7-2 1.100a3.3 3.3 0 1 0
      4.8 4.800c.4-.7.5-1.5 1.1-2 1.2-1 1.3-2.7.3-3.9"/>
    <circle class="solid" cx="8" cy="12" r="1"/>`,
  strings: svg`
    <path d="M10 2.5v5M8 7.5c-1.5 0-2 1-2 2s.8 1.3.8 2-1.3 1.2-1.3 3S7.5 17 10 17s4.5-.8
      4.5-2.5-1.3-2.3-1.3-3 .8-1 .8-2-.5-2-2-2zM10 7.5V14"/>`,
  voices: svg`
    <circle cx="6" cy="6.5" r="2"/>
    <circle cx="14" cy="6.5" r="2"/>
    <circle cx="10" cy="8.5" r="2.2"/>
    <path d="M3 14c.3-1.9 1.3-3 3-3M17 14c-.3-1.9-1.3-3-3-3M6 16.5c.3-2.3 1.8-3.7 4-3.700s3.7
      1.4 4 3.7"/>`,
  brass: svg`
    <path d="M3 10h8.5c2.5 0 3.5-2.5 5-4.5v9c-1.5-2-2.5-4.5-5-4.5M6 10v3.5a1.5 1.5 0 0 0 1.5
      1.5h2A1.5 1.5 0 0 0 11 13.5V10M7 7.5V10M9 7.5V10"/>`,
  pipe: svg`
    <path d="M3.5 14.5 15 5.5l1.5 2L5 16.5zM8.5 12.2l.1-.1M11 10.300l.1-.1M13.5 8.400l.1-.1"/>`,
  lead: svg`<path d="M2.5 10h2l2-5 3 10 3-10 2 5h3"/>`,
  effects: svg`
    <path d="M10 3v3M10 14v3M3 10h3M14 10h3M5 5l2.1 2.1M12.9 12.9 15 15M15 5l-2.1 2.1M7.1 12.9 5
      15"/>`,
  vote: svg`<path d="M10 16V5M5.5 9.5 10 5l4.5 4.5"/>`,
  world: svg`<path d="M7 12.5a3.5 3.5 0 1 0 0 .1zM9.5 8.8l5.5-5.300M13.5 3l3 3M4 9.5l5 6"/>`,
} as const;

export type IconName = keyof typeof SHAPES;

/** An icon; its control carries the words, so it is hidden from screen readers. */
export function icon(
  name: IconName,
  size: 'small' | 'medium' | 'large' = 'medium',
): TemplateResult {
  const shape: SVGTemplateResult = SHAPES[name];
  return html`<svg class="icon ${size}" viewBox="0 0 20 20" aria-hidden="true">${shape}</svg>`;
}

/** The mark: a filled brass note below, an open verdigris note above right, touching. */
export function mark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <rect class="call" x="1" y="13" width="12" height="6" rx="2.2"></rect>
    <rect class="reply" x="11.9" y="5.9" width="10.2" height="4.2" rx="1.7"></rect>
  </svg>`;
}
