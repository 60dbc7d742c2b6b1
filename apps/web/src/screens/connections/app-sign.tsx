/** Categories' colours, by which apps are told apart. */
const COLOURS = 8;

function colourOf(key: string): number {
  let sum = 0;
  for (let at = 0; at < key.length; at += 1) sum += key.charCodeAt(at);
  return (sum % COLOURS) + 1;
}

/** Sign of an app: its first letter on a colour that stays the same. @param sizePx default 24 */
export function AppSign({ appKey, title, sizePx = 24 }: { readonly appKey: string; readonly title: string; readonly sizePx?: number }) {
  const colour = `var(--cat-${colourOf(appKey)})`;
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-control border text-secondary font-semibold text-text"
      style={{
        width: sizePx,
        height: sizePx,
        borderColor: `color-mix(in srgb, ${colour} 70%, transparent)`,
        background: `color-mix(in srgb, ${colour} 26%, var(--surface))`,
      }}
    >
      {title.charAt(0).toLocaleUpperCase()}
    </span>
  );
}
