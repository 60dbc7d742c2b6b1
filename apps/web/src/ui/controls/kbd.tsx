const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: Readonly<Record<string, string>> = isApple
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Delete: '⌫', Escape: 'esc' }
  : { Mod: 'Ctrl', Enter: '↵', Delete: 'Del', Escape: 'Esc' };

/** Keys to press together, as this computer names them. `Mod` is Ctrl, or ⌘ on a Mac. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans">
      {keys.map((key) => (
        <span key={key} className="min-w-4 rounded-[4px] border border-border bg-raised px-1 text-center text-meta text-text-2">
          {names[key] ?? key}
        </span>
      ))}
    </kbd>
  );
}
