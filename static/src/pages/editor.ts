/** The page of one score: builds its parts and hands them to the editor element. */
import '../ui/styles/editor.css';

import { effect } from '@preact/signals-core';

import { Suggestions } from '../ai/suggestions';
import { Player } from '../audio/player';
import { ScoreDocument } from '../doc/score-document';
import { IndexedHistory } from '../net/indexed-history';
import { Link, socketUrl } from '../net/link';
import { Presence } from '../net/presence';
import { Provider } from '../net/provider';
import { Editing } from '../roll/editing';
import { followTemplate, goOn } from '../ui/copy-on-edit';
import { Desk } from '../ui/desk';
import '../ui/editor';
import { takeWarnings } from '../ui/import-warnings';
import { problemText, spoken } from '../ui/problems';
import { scores } from '../ui/scores-api';
import { Tooltip } from '../ui/tooltip';

const SCORE_PATH = /^\/scores\/([0-9A-Za-z]{12})\/?$/;

function build(scoreId: string): Desk {
  const score = new ScoreDocument();
  void score.keepHistory(new IndexedHistory(scoreId));
  const provider = new Provider({ scoreId, document: score });
  const meta = document.querySelector<HTMLMetaElement>('meta[name="soundfont"]');
  return new Desk({
    scoreId,
    document: score,
    provider,
    presence: new Presence(provider),
    suggestions: new Suggestions({
      link: new Link(socketUrl(`/ws/scores/${scoreId}/suggestions`)),
    }),
    player: new Player(score, { soundfontUrl: meta?.content ?? '' }),
    editing: new Editing(),
  });
}

/** Title, template and what the room announces about the score as a whole. */
function follow(desk: Desk): void {
  scores.head(desk.scoreId).then(
    (head) => {
      desk.title.value = head.title;
      desk.template.value = head.template;
    },
    (error: unknown) => { desk.notices.say(problemText(error)); },
  );
  desk.provider.on('event', (event) => {
    if (event.kind === 'title') desk.title.value = String(event['title']);
  });
  desk.provider.on('notice', ({ code, text }) => {
    desk.notices.say(spoken(String(code), text));
  });
  effect(() => { document.title = `${desk.title.value} · Antiphon`; });
  effect(() => { desk.deleted.value = desk.provider.stopCode.value === 4410; });
}

/** A track to write on, as soon as there is one. */
function chooseTrack(desk: Desk): void {
  effect(() => {
    const tracks = desk.score.tracks.value;
    const known = tracks.some((track) => track.id === desk.editing.track.peek());
    if (!known) desk.editing.track.value = tracks[0]?.id ?? '';
  });
}

const scoreId = SCORE_PATH.exec(location.pathname)?.[1];
const element = document.querySelector('antiphon-editor');
if (scoreId !== undefined && element !== null) {
  const desk = build(scoreId);
  follow(desk);
  chooseTrack(desk);
  goOn(desk);
  followTemplate(desk);
  const warnings = takeWarnings();
  if (warnings.length > 0) desk.notices.say(warnings.join(' '));
  element.desk = desk;
  new Tooltip();
  addEventListener('pagehide', (event) => {
    if (!event.persisted) desk.provider.close();
  });
}
