import { afterEach, describe, expect, it } from 'vitest';

import { addNotes } from '../../../static/src/doc/gestures/add-notes';
import { deleteTrack } from '../../../static/src/doc/gestures/tracks';
import { RECOVERED_TRACK } from '../../../static/src/doc/score-view';
import { speak, t } from '../../../static/src/i18n/catalogue';
import { hoverWords } from '../../../static/src/roll/words';
import { ScoreSignals } from '../../../static/src/ui/score-signals';
import { BASS, LEAD, newScore, note } from '../doc/scores';
import { TestRoll } from '../roll/test-roll';

afterEach(() => { speak('en'); });

describe('the tracks that panels show', () => {
  it('call what was recovered by the word of the page, in its language', () => {
    const score = newScore();
    const { tracks } = new ScoreSignals(score);
    score.apply(deleteTrack(score, BASS));
    score.apply(addNotes(score, [note({ track: BASS })]));
    const names = (): string[] => tracks.value.map(({ name }) => name);
    expect(tracks.value.map(({ id }) => id)).toEqual([LEAD, RECOVERED_TRACK]);
    expect(names()).toEqual(['lead', 'Recovered']);
    speak('zh');
    expect(names()).toEqual(['lead', t('tracks.recovered')]);
    expect(t('tracks.recovered')).not.toBe('Recovered');
  });

  it('are called the same in the words of the roll', () => {
    const roll = new TestRoll();
    roll.write([[0, 60, 480]], 'gone0000');
    const stray = roll.document.notesOf(RECOVERED_TRACK).notes[0];
    speak('zh');
    const words = hoverWords(roll.stage, { tick: 0, pitch: 60, drums: false }, stray ?? null);
    expect(words).toContain(t('tracks.recovered'));
  });
});
