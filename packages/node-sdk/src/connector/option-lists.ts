import type { AnswerPath, Duration } from './pages.ts';
import type { RequestTemplate } from './request.ts';

/** Values for a dropdown, read from the service. */
export interface OptionsSpec {
  readonly request: RequestTemplate;
  /** The list in the answer. */
  readonly items: AnswerPath;
  /** Paths in one entry. */
  readonly value: string;
  readonly label: string;
  /** A further line below the label. */
  readonly detail?: string;
  /** Template variable that gets what the person types; absent: what is there is filtered. */
  readonly search?: string;
  /** Key of `pages`. Absent: one answer. */
  readonly pages?: string;
  /** How long answers are kept. Default `1m`. */
  readonly cache?: Duration;
}

/** Values for a dropdown. The request's templates read the other parameters of the node, and `search`. */
export function list(spec: OptionsSpec): OptionsSpec {
  return spec;
}
