/** What this browser keeps under a name; null where nothing is kept, or where storage is blocked. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`millwright.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a text in this browser, null forgets it; where storage is blocked or full, the choice holds until the page is left. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`millwright.${name}`);
    else localStorage.setItem(`millwright.${name}`, value);
  } catch {
    // Nothing depends on it: who chose sees the choice until the page is left.
  }
}
