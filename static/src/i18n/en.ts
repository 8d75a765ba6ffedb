/** English. Each area keeps its own section; zh.ts has the same keys. */
export const en = {
  // common
  'app.name': 'Antiphon',
  'common.close': 'Close',
  'common.cancel': 'Cancel',
  'common.undo': 'Undo',
  'common.you': 'You',
  'common.any': 'any',
  'common.language': 'Language',
  'common.theme': 'Theme',

  // gesture (labels of undo steps)

  // roll

  // audio

  // net

  // suggestions
} as const;
