/** Says something to the developer: in the terminal of `millwright dev`, which started us. */
export function tellTerminal(text: string): void {
  process.send?.({ type: 'notice', text });
}
