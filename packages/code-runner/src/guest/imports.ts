/** Answers every `import(…)` that was not rewritten, such as one inside `eval`. */
export function refuseImport(): never {
  // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- a text: an error made here would be an object of the harness' realm
  throw 'import() works in the text of the code node only, not in eval';
}
