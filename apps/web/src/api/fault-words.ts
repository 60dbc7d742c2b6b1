import type { Problem, RunError } from '@millwright/workflow';
import { useTranslation } from 'react-i18next';

/** Words of a finding or an error. */
export interface FaultWords {
  readonly text: string;
  /** What to do; empty when nobody knows. */
  readonly hint: string;
  /** The server's English, where the text is ours and names nothing. */
  readonly original?: string;
}

type Values = Readonly<Record<string, string | number>>;

/** The catalogue as the words need it: whether a key exists, and its text. */
export interface FaultCatalog {
  readonly has: (key: string) => boolean;
  readonly say: (key: string, values: Values) => string;
}

/** A finding about a draft; the server's English where the catalogue has no words for its code. @param title name of the field as the form shows it */
export function problemWords(problem: Problem, { has, say }: FaultCatalog, title?: string): FaultWords {
  const key = `problem.${problem.code}`;
  const english = { text: problem.text, hint: problem.hint ?? '' };
  if (!has(`${key}.text`)) return english;
  const values = { ...problem.values, ...(title === undefined ? {} : { title }) };
  return { text: say(`${key}.text`, values), hint: say(`${key}.hint`, values) };
}

/** Keys of an error's words, the most exact first: each status of a service has its class behind it. */
function keysOf(code: string): readonly string[] {
  const status = /^http_status_(\d)\d\d$/.exec(code);
  return status ? [`run.${code}`, `run.http_status_${status[1]}xx`] : [`run.${code}`];
}

/** The error of a run or a try; the server's English where the catalogue has no words for its code. */
export function runErrorWords(error: RunError, { has, say }: FaultCatalog): FaultWords {
  const key = keysOf(error.code).find((candidate) => has(`${candidate}.text`));
  if (key === undefined) return { text: error.message, hint: error.hint ?? '' };
  const values = { status: /\d+$/.exec(error.code)?.[0] ?? '' };
  return { text: say(`${key}.text`, values), hint: say(`${key}.hint`, values), original: error.message };
}

/** The catalogue of findings and errors in one language. */
export function faultCatalog(t: unknown, exists: (key: string) => boolean): FaultCatalog {
  return { has: exists, say: (key, values) => (t as (key: string, values: Values) => string)(key, values) };
}

/** The catalogue of findings and errors in the language of the interface. */
export function useFaultCatalog(): FaultCatalog {
  const { t, i18n } = useTranslation('faults');
  return faultCatalog(t, (key) => i18n.exists(key, { ns: 'faults' }));
}
