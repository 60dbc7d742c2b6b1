import { typeError } from '../errors.ts';

/** Names of months and days are English unless a locale is set: a machine's own must not show. */
export const defaultLocale = 'en-US';

/**
 * A locale's tag.
 * @throws ExpressionError `expression_type` for anything but language, script and region (each one is kept in memory)
 */
export function localeNamed(name: string): string {
  if (/^[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?$/iu.test(name)) return supportedLocale(name);
  throw typeError(`no locale ${JSON.stringify(name.slice(0, 40))}`, 'Use a locale such as `en-US` or `de`.');
}

/** The locale that the host would use for a tag: there are some hundreds, where tags are millions, and Luxon keeps each that it meets. */
function supportedLocale(name: string): string {
  const resolved = new Intl.NumberFormat(name.replaceAll('_', '-')).resolvedOptions().locale;
  const language = name.slice(0, 3).split(/[-_]/u)[0] ?? name;
  // A language that the host does not know becomes the machine's own, which must not show.
  return resolved.toLowerCase().startsWith(language.toLowerCase()) ? resolved : defaultLocale;
}
