/** CSS colour of each category; muted hues, none near a status colour. */
const COLORS: Readonly<Record<string, string>> = {
  triggers: 'var(--cat-1)',
  data: 'var(--cat-2)',
  human: 'var(--cat-3)',
  logic: 'var(--cat-4)',
  ai: 'var(--cat-5)',
  apps: 'var(--cat-6)',
  code: 'var(--cat-7)',
};

/** Categories in the order of the picker's tabs. */
export const CATEGORIES = ['triggers', 'apps', 'logic', 'data', 'code', 'ai', 'human'] as const;

/** The colour of a category; grey for one that we do not know. */
export function categoryColor(category: string): string {
  return COLORS[category] ?? 'var(--cat-8)';
}
