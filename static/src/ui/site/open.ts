/** Opening scores from the pages outside the editor. */
import { t } from '../../i18n/catalogue';
import { bindDrop } from '../drop';
import { leaveWarnings } from '../import-warnings';
import type { Notices } from '../notices';
import { problemText } from '../problems';
import { scores } from '../scores-api';

/** Makes an empty score and goes there. */
export async function openNew(notices: Notices): Promise<void> {
  await going(notices, () => scores.create());
}

/** Imports a file as a score of its own and goes there. */
export async function openFile(notices: Notices, file: File): Promise<void> {
  notices.say(t('import.readingFile', { name: file.name }));
  await going(notices, () => scores.importNew(file));
}

/** A file dropped anywhere on the page becomes a score. */
export function openDrops(notices: Notices): () => void {
  return bindDrop({
    take: (file) => {
      if (file === null) notices.say(t('drop.notMidi'));
      else void openFile(notices, file);
    },
  });
}

async function going(
  notices: Notices,
  make: () => Promise<{ readonly id: string; readonly warnings?: readonly string[] }>,
): Promise<void> {
  try {
    const made = await make();
    leaveWarnings(made.warnings ?? []);
    location.assign(`/scores/${made.id}/`);
  } catch (error) {
    notices.say(problemText(error));
  }
}
