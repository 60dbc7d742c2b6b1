/**
 * The id in an address, by the pattern of the field; null where the address has none.
 * @param pattern of a regular expression; its first group is the id
 */
export function idFromUrl(url: string, pattern: string): string | null {
  const found = new RegExp(pattern, 'u').exec(url.trim())?.[1];
  if (found === undefined || found === '') return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}
