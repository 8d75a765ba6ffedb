/** What instruments are called and which icon their family has. */
import { language, t } from '../../i18n/catalogue';
import { FAMILIES_ZH, KITS_ZH, PROGRAMS_ZH } from '../../i18n/instruments';
import { DRUM_KITS, instrumentName, PROGRAM_FAMILIES } from '../../music/general-midi';
import type { Track } from '../../music/notes';
import type { IconName } from '../icons';

const FAMILY_SIZE = 8;

/** One icon for each of the sixteen families of eight programs. */
const FAMILY_ICONS: readonly IconName[] = [
  'keys', 'mallet', 'organ', 'guitar', 'bass', 'strings', 'voices', 'brass',
  'reed', 'pipe', 'lead', 'pad', 'effects', 'world', 'drums', 'effects',
];

export interface InstrumentChoice {
  readonly kind: 'pitched' | 'drums';
  readonly program: number;
  readonly name: string;
  /** The English name too, so that either finds it. */
  readonly found: string;
}

export interface InstrumentFamily {
  readonly name: string;
  readonly choices: readonly InstrumentChoice[];
}

/** The instrument of a track in the page's language. */
export function nameOfInstrument(track: Pick<Track, 'kind' | 'program'>): string {
  const drums = track.kind === 'drums';
  const english = instrumentName(track.program, drums);
  if (language.value === 'en') return english;
  const chinese = drums
    ? (KITS_ZH.get(track.program) ?? KITS_ZH.get(0))
    : PROGRAMS_ZH[track.program];
  return chinese ?? english;
}

export function iconOfInstrument(track: Pick<Track, 'kind' | 'program'>): IconName {
  if (track.kind === 'drums') return 'drums';
  return FAMILY_ICONS[Math.floor(track.program / FAMILY_SIZE)] ?? 'keys';
}

/** All programs by family, the drum kits last. */
export function instrumentFamilies(): InstrumentFamily[] {
  const pitched = PROGRAM_FAMILIES.map((family, index): InstrumentFamily => ({
    name: (language.value === 'zh' ? FAMILIES_ZH[index] : undefined) ?? family.name,
    choices: family.programs.map((english, i) => choice('pitched', index * FAMILY_SIZE + i, english)),
  }));
  const kits = [...DRUM_KITS].map(([program, english]) => choice('drums', program, english));
  return [...pitched, { name: t('tracks.kits'), choices: kits }];
}

function choice(kind: 'pitched' | 'drums', program: number, english: string): InstrumentChoice {
  const name = nameOfInstrument({ kind, program });
  return { kind, program, name, found: `${name} ${english}`.toLowerCase() };
}
