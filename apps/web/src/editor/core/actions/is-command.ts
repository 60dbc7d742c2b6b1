/** Whether a text is meant as a cURL command: it may come with the prompt of a terminal. */
export function isCommand(text: string): boolean {
  return /^\s*(?:[$>]\s+)?(?:\S*[\\/])?curl(?:\.exe)?\s/i.test(text);
}
