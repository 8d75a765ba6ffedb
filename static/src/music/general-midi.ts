/** General MIDI: 128 programs in 16 families, drum kits, and the percussion map. */

export interface ProgramFamily {
  readonly name: string;
  /** Eight programs; the first has the number 8 × index of the family. */
  readonly programs: readonly string[];
}

export const PROGRAM_FAMILIES: readonly ProgramFamily[] = [
  family('Piano', [
    'Acoustic grand piano',
    'Bright acoustic piano',
    'Electric grand piano',
    'Honky-tonk piano',
    'Electric piano 1',
    'Electric piano 2',
    'Harpsichord',
    'Clavinet',
  ]),
  family('Chromatic percussion', [
    'Celesta',
    'Glockenspiel',
    'Music box',
    'Vibraphone',
    'Marimba',
    'Xylophone',
    'Tubular bells',
    'Dulcimer',
  ]),
  family('Organ', [
    'Drawbar organ',
    'Percussive organ',
    'Rock organ',
    'Church organ',
    'Reed organ',
    'Accordion',
    'Harmonica',
    'Bandoneon',
  ]),
  family('Guitar', [
    'Nylon-string guitar',
    'Steel-string guitar',
    'Jazz guitar',
    'Clean electric guitar',
    'Muted electric guitar',
    'Overdriven guitar',
    'Distortion guitar',
    'Guitar harmonics',
  ]),
  family('Bass', [
    'Acoustic bass',
    'Fingered electric bass',
    'Picked electric bass',
    'Fretless bass',
    'Slap bass 1',
    'Slap bass 2',
    'Synth bass 1',
    'Synth bass 2',
  ]),
  family('Strings', [
    'Violin',
    'Viola',
    'Cello',
    'Contrabass',
    'Tremolo strings',
    'Pizzicato strings',
    'Harp',
    'Timpani',
  ]),
  family('Ensemble', [
    'String ensemble 1',
    'String ensemble 2',
    'Synth strings 1',
    'Synth strings 2',
    'Choir aahs',
    'Voice oohs',
    'Synth choir',
    'Orchestra hit',
  ]),
  family('Brass', [
    'Trumpet',
    'Trombone',
    'Tuba',
    'Muted trumpet',
    'French horn',
    'Brass section',
    'Synth brass 1',
    'Synth brass 2',
  ]),
  family('Reed', [
    'Soprano sax',
    'Alto sax',
    'Tenor sax',
    'Baritone sax',
    'Oboe',
    'English horn',
    'Bassoon',
    'Clarinet',
  ]),
  family('Pipe', [
    'Piccolo',
    'Flute',
    'Recorder',
    'Pan flute',
    'Blown bottle',
    'Shakuhachi',
    'Whistle',
    'Ocarina',
  ]),
  family('Synth lead', [
    'Square lead',
    'Sawtooth lead',
    'Calliope lead',
    'Chiff lead',
    'Charang lead',
    'Voice lead',
    'Fifths lead',
    'Bass and lead',
  ]),
  family('Synth pad', [
    'New age pad',
    'Warm pad',
    'Polysynth pad',
    'Choir pad',
    'Bowed pad',
    'Metallic pad',
    'Halo pad',
    'Sweep pad',
  ]),
  family('Synth effects', [
    'Rain',
    'Soundtrack',
    'Crystal',
    'Atmosphere',
    'Brightness',
    'Goblins',
    'Echoes',
    'Sci-fi',
  ]),
  family('Folk', [
    'Sitar',
    'Banjo',
    'Shamisen',
    'Koto',
    'Kalimba',
    'Bagpipe',
    'Fiddle',
    'Shanai',
  ]),
  family('Percussive', [
    'Tinkle bell',
    'Agogo',
    'Steel drums',
    'Woodblock',
    'Taiko drum',
    'Melodic tom',
    'Synth drum',
    'Reverse cymbal',
  ]),
  family('Sound effects', [
    'Guitar fret noise',
    'Breath noise',
    'Seashore',
    'Bird tweet',
    'Telephone ring',
    'Helicopter',
    'Applause',
    'Gunshot',
  ]),
];

export const PROGRAM_NAMES: readonly string[] = PROGRAM_FAMILIES.flatMap(
  ({ programs }) => programs,
);

/** Drum kits by program, as GM2 and GS number them. */
export const DRUM_KITS: ReadonlyMap<number, string> = new Map([
  [0, 'Standard kit'],
  [8, 'Room kit'],
  [16, 'Power kit'],
  [24, 'Electronic kit'],
  [25, 'Analog kit'],
  [32, 'Jazz kit'],
  [40, 'Brush kit'],
  [48, 'Orchestra kit'],
  [56, 'Effects kit'],
]);

export const LOWEST_DRUM = 35;

/** Percussion by pitch, from 35 on. */
export const DRUM_NAMES: readonly string[] = [
  'Acoustic bass drum',
  'Bass drum',
  'Side stick',
  'Acoustic snare',
  'Hand clap',
  'Electric snare',
  'Low floor tom',
  'Closed hi-hat',
  'High floor tom',
  'Pedal hi-hat',
  'Low tom',
  'Open hi-hat',
  'Low-mid tom',
  'High-mid tom',
  'Crash cymbal 1',
  'High tom',
  'Ride cymbal 1',
  'Chinese cymbal',
  'Ride bell',
  'Tambourine',
  'Splash cymbal',
  'Cowbell',
  'Crash cymbal 2',
  'Vibraslap',
  'Ride cymbal 2',
  'High bongo',
  'Low bongo',
  'Mute high conga',
  'Open high conga',
  'Low conga',
  'High timbale',
  'Low timbale',
  'High agogo',
  'Low agogo',
  'Cabasa',
  'Maracas',
  'Short whistle',
  'Long whistle',
  'Short guiro',
  'Long guiro',
  'Claves',
  'High woodblock',
  'Low woodblock',
  'Mute cuica',
  'Open cuica',
  'Mute triangle',
  'Open triangle',
];

/** The name of what a drum track plays at `pitch`; empty where General MIDI names nothing. */
export function drumName(pitch: number): string {
  return DRUM_NAMES[pitch - LOWEST_DRUM] ?? '';
}

/** The name of a program, or of the kit on a drum track. */
export function instrumentName(program: number, drums: boolean): string {
  if (drums) return DRUM_KITS.get(program) ?? DRUM_KITS.get(0) ?? '';
  return PROGRAM_NAMES[program] ?? '';
}

function family(name: string, programs: readonly string[]): ProgramFamily {
  return { name, programs };
}
