/** Shortest password that the server takes, in UTF-16 units as `contracts` counts. */
export const MIN_PASSWORD_LENGTH = 10;

/** How hard a password is to guess, roughly. */
export type PasswordStrength = { readonly kind: 'short'; readonly missing: number } | { readonly kind: 'guessable' | 'fair' | 'strong' };

const COMMON = [
  'password',
  'passwort',
  'qwertz',
  'qwerty',
  'asdfgh',
  '123456',
  '654321',
  'letmein',
  'welcome',
  'willkommen',
  'millwright',
  'iloveyou',
  'admin',
];

/** What is left of a password when its guessable parts count as one letter each. */
function unguessable(password: string, known: readonly string[]): string {
  let rest = password.toLowerCase();
  for (const word of [...COMMON, ...known]) rest = rest.replaceAll(word, '*');
  return rest.replaceAll(/(.)\1{2,}/gu, '$1');
}

function knownWords(about: readonly string[]): readonly string[] {
  return about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3);
}

/**
 * Judges a password by length and by what is known about its owner. A guide while typing; the server only demands the length.
 * @param about texts that a guesser would try: name, e-mail, workspace
 */
export function passwordStrength(password: string, about: readonly string[]): PasswordStrength {
  const missing = MIN_PASSWORD_LENGTH - password.length;
  if (missing > 0) return { kind: 'short', missing };
  const rest = unguessable(password, knownWords(about));
  const different = new Set(rest).size;
  if (rest.length < 8 || different < 6) return { kind: 'guessable' };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  return { kind: rest.length + kinds * 2 >= 20 ? 'strong' : 'fair' };
}
