// Runs before the first paint, as a classic script: theme and language of the last visit.
// It imports nothing, so that it stays one small file without a module around it.
{
  const root = document.documentElement;
  let theme: string | null = null;
  let lang: string | null = null;
  try {
    theme = localStorage.getItem('antiphon.theme');
    lang = localStorage.getItem('antiphon.lang');
  } catch {
    theme = null; // storage is blocked: the system's theme and language stand
  }
  const dark = !matchMedia('(prefers-color-scheme: light)').matches;
  root.dataset['theme'] = theme === 'light' || theme === 'dark' ? theme : dark ? 'dark' : 'light';
  const wants = lang ?? navigator.languages.find((tag) => /^(?:zh|en)/.test(tag)) ?? 'en';
  root.lang = wants.startsWith('zh') ? 'zh-Hans' : 'en';
}
