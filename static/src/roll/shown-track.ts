/** Tracks as people see them. */
import { RECOVERED_TRACK } from '../doc/score-view';
import { t } from '../i18n/catalogue';
import type { Track } from '../music/notes';

/** A track with the name that is shown: that of "Recovered" is nobody's words but the page's. */
export function shownTrack(track: Track): Track {
  return track.id === RECOVERED_TRACK ? { ...track, name: t('tracks.recovered') } : track;
}
