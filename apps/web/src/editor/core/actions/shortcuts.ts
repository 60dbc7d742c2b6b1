/** The part of a key event that shortcuts look at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Shortcut {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
}

/** `mod+shift+z` → its three keys; a plus at the end is the key itself. */
function partsOf(text: string): readonly string[] {
  return text.split(/\+(?!$)/).filter(Boolean);
}

function parse(text: string): Shortcut {
  const parts = partsOf(text.toLowerCase());
  return { key: parts.at(-1) ?? '', mod: parts.includes('mod'), shift: parts.includes('shift') };
}

/** Characters that need Shift on some keyboards: there Shift says nothing. */
const SHIFTLESS = /^[^a-z0-9]$/;

/** Whether a key press is this shortcut. Alt never is: it belongs to the system. */
export function isPress(press: KeyPress, text: string): boolean {
  const wanted = parse(text);
  const key = press.key.toLowerCase();
  if (press.altKey || key !== wanted.key) return false;
  if ((press.ctrlKey || press.metaKey) !== wanted.mod) return false;
  return SHIFTLESS.test(wanted.key) || press.shiftKey === wanted.shift;
}

/** Whether a shortcut is one character without Mod: what speech input may say by accident. */
export function isCharacterKey(text: string): boolean {
  const { key, mod } = parse(text);
  return !mod && Array.from(key).length === 1;
}

/** Whether two shortcuts are pressed the same way. */
export function sameKey(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a.key === b.key && a.mod === b.mod && (SHIFTLESS.test(a.key) || a.shift === b.shift);
}

/** Keys that belong to moving around, and combinations that browsers keep for themselves. */
const RESERVED: ReadonlySet<string> = new Set(
  [
    'escape tab shift+tab enter contextmenu shift+f10 f1 f3 f5 f6 f11 f12',
    'arrowleft arrowright arrowup arrowdown home end pageup pagedown',
    'mod+t mod+w mod+n mod+r mod+q mod+shift+p mod+shift+t mod+shift+n mod+shift+w',
  ].flatMap((line) => line.split(' ')),
).add(' ');

/** A pressed key as the text of a shortcut; null for a key that only changes others; `reserved` for one that cannot be given away. */
export function shortcutOf(press: KeyPress): { readonly key: string; readonly isReserved: boolean } | null {
  if (['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'Dead', 'Process', 'CapsLock'].includes(press.key)) return null;
  const name = press.key.toLowerCase();
  const isShown = press.shiftKey && !SHIFTLESS.test(name);
  const key = [press.ctrlKey || press.metaKey ? 'mod' : '', isShown ? 'shift' : '', name].filter(Boolean).join('+');
  return { key, isReserved: press.altKey || RESERVED.has(key) };
}

const NAMES: Readonly<Record<string, string>> = {
  mod: 'Mod',
  shift: 'Shift',
  delete: 'Delete',
  escape: 'Escape',
  enter: 'Enter',
  arrowleft: '←',
  arrowright: '→',
};

/** `mod+shift+z` → `['Mod', 'Shift', 'Z']`, as key caps show it. */
export function keyCaps(text: string): readonly string[] {
  return partsOf(text).map((part) => NAMES[part] ?? part.toUpperCase());
}
