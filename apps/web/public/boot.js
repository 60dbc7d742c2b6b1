// Runs before the first paint so that chosen looks and language do not flash. A file of its own: the content policy allows no inline script.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem('millwright.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (localStorage.getItem('millwright.density') === 'compact') root.dataset.density = 'compact';
  const language = localStorage.getItem('millwright.language');
  if (language === 'en' || language === 'de') root.lang = language;
} catch {
  // Storage can be blocked: the system's theme and the browser's language hold.
}

// zod compiles checks with `Function`, which the content policy forbids; its setting must stand before any schema is made.
globalThis.__zod_globalConfig = { jitless: true };

// The app's own files are gone (an upgrade, a broken network): say so instead of showing a white page.
addEventListener(
  'error',
  (event) => {
    if (event.target instanceof HTMLScriptElement) document.getElementById('boot-failed')?.removeAttribute('hidden');
  },
  true,
);
