/** Nothing: the server brings findings and errors in English. The namespace exists for the other languages. */
const texts = {} as const;

declare module '../../i18n/resources.ts' {
  interface Resources {
    readonly faults: typeof texts;
  }
}

export default texts;
