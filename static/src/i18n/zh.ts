/** 简体中文. The same keys as en.ts, section by section. */
import type { en } from './en';

export const zh: Readonly<Record<keyof typeof en, string>> = {
  // common
  'app.name': 'Antiphon',
  'common.close': '关闭',
  'common.cancel': '取消',
  'common.undo': '撤销',
  'common.you': '你',
  'common.any': '不限',
  'common.language': '语言',
  'common.theme': '主题',

  // gesture (labels of undo steps)

  // roll

  // audio

  // net

  // suggestions
};
