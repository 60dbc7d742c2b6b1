/** Most hosts of one list; the server takes no more. */
export const MAX_HOSTS = 200;

/** The hosts that somebody typed or pasted: one on each line, or between commas and spaces; each once. */
export function hostsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
}
