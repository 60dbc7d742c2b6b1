/** Colours of notes and sections: muted ones of the theme. */
const COLORS: Readonly<Record<string, string>> = {
  yellow: 'var(--cat-3)',
  blue: 'var(--cat-1)',
  green: 'var(--cat-2)',
  violet: 'var(--cat-4)',
  pink: 'var(--cat-5)',
  gray: 'var(--cat-8)',
};

/** The colour of a note or section by its name; grey for one that we do not know. */
export function annotationColor(name: string): string {
  return COLORS[name] ?? 'var(--cat-8)';
}
