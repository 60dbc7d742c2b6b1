/** First letters of the first and the last word of a name, at most two; `?` for none. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => (word?.match(/[\p{L}\p{N}]/u) ?? word?.match(/./u))?.[0].toLocaleUpperCase() ?? '').join('') || '?';
}

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return (sum % 8) + 1;
}

/** A person as a coloured disc with initials; decorative, her name stands elsewhere. */
export function Avatar({ name, sizePx = 26 }: { readonly name: string; readonly sizePx?: number }) {
  const color = `var(--cat-${hueOf(name)})`;
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(name)}
      className="before:content-[attr(data-initials)] inline-grid shrink-0 place-items-center rounded-full border text-meta font-semibold text-text"
      style={{ width: sizePx, height: sizePx, borderColor: color, background: `color-mix(in srgb, ${color} 26%, var(--surface))` }}
    />
  );
}
