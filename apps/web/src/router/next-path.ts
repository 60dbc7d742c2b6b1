const FALLBACK = '/workflows';

/** Where to go after signing in: only a path of this app, never another host; `/workflows` otherwise. */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return FALLBACK;
  try {
    const url = new URL(next, 'http://app.invalid');
    const isOurs = url.origin === 'http://app.invalid' && !next.includes('\\') && !['/sign-in', '/setup'].includes(url.pathname);
    return isOurs ? `${url.pathname}${url.search}${url.hash}` : FALLBACK;
  } catch {
    return FALLBACK;
  }
}
