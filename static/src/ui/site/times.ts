/** When and how long, in the page's language. */
import { language } from '../../i18n/catalogue';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400],
  ['hour', 3600], ['minute', 60],
];

/** "3 days ago", "now". */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en', {
    numeric: 'auto',
  });
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  if (unit === undefined) return format.format(0, 'second');
  return format.format(Math.trunc(seconds / unit[1]), unit[0]);
}

/** `2:05` */
export function lasting(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
