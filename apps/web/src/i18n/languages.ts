/** Languages that the interface is complete in. */
export const languages = ['en', 'de'] as const;

/** A language of the interface. */
export type Language = (typeof languages)[number];

/** Each language's own name: never translated. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** The first language of a wish list (BCP 47 tags) that we speak; English otherwise. */
export function pickLanguage(wished: readonly string[]): Language {
  for (const tag of wished) {
    const found = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}
