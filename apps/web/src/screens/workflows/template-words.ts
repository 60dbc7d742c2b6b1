import type { TFunction } from 'i18next';

/** A template as the server describes it, in English. */
export interface Template {
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

/** Key of the sample workflow that a newcomer starts with. */
export const SAMPLE_TEMPLATE = 'lead-intake';

/** Name and description in the language of the interface, where we have them; the server's otherwise. */
export function templateWords(template: Template, t: TFunction<'workflows'>): Omit<Template, 'key'> {
  if (template.key !== SAMPLE_TEMPLATE) return template;
  return { title: t('templates.lead-intake.title'), description: t('templates.lead-intake.description') };
}
