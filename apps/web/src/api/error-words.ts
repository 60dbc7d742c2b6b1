import { ApiError } from '@millwright/client';
import type { TFunction } from 'i18next';
import type { Resources } from '../i18n/resources.ts';
import type { ErrorWords } from '../ui/states/error-state.tsx';

type CoreT = TFunction;
type ErrorKey = `errors.${keyof Resources['core']['errors']}`;
type Words = readonly [what: ErrorKey, next: ErrorKey];

const byCode: Readonly<Record<string, Words>> = {
  unreachable: ['errors.network', 'errors.networkNext'],
  database_unavailable: ['errors.database', 'errors.unavailableNext'],
  temporal_unavailable: ['errors.temporal', 'errors.unavailableNext'],
  run_ended: ['errors.runEnded', 'errors.runEndedNext'],
  already_resumed: ['errors.alreadyResumed', 'errors.alreadyResumedNext'],
  run_not_failed: ['errors.notFailed', 'errors.notFailedNext'],
  not_published: ['errors.notPublished', 'errors.notPublishedNext'],
  already_decided: ['errors.alreadyDecided', 'errors.alreadyDecidedNext'],
  not_waiting: ['errors.notWaiting', 'errors.notWaitingNext'],
  resume_blocked: ['errors.resumeBlocked', 'errors.resumeBlockedNext'],
  resume_asks: ['errors.resumeAsks', 'errors.resumeAsksNext'],
  trigger_removed: ['errors.triggerRemoved', 'errors.triggerRemovedNext'],
  credential_forbidden: ['errors.credentialForbidden', 'errors.credentialForbiddenNext'],
  input_not_kept: ['errors.inputNotKept', 'errors.inputNotKeptNext'],
};

const byStatus: Readonly<Record<number, Words>> = {
  0: ['errors.network', 'errors.networkNext'],
  401: ['errors.signedOut', 'errors.signedOutNext'],
  403: ['errors.forbidden', 'errors.forbiddenNext'],
  404: ['errors.notFound', 'errors.notFoundNext'],
  409: ['errors.conflict', 'errors.conflictNext'],
  412: ['errors.conflict', 'errors.conflictNext'],
  429: ['errors.tooMany', 'errors.tooManyNext'],
  502: ['errors.network', 'errors.networkNext'],
  504: ['errors.network', 'errors.networkNext'],
};

/** Whether a part of the app could not be fetched, as after an upgrade of the server. */
export function isChunkError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|Importing a module script failed|module script|Unable to preload CSS/i.test(error.message)
  );
}

/**
 * Fetches a part of the app. Where that fails it throws an error of our own ({@link isChunkError}): the router would load the page anew
 * on the browser's, also where only the network is away and nothing but the browser's own error page would come.
 */
export function part<T>(fetchPart: () => Promise<T>): () => Promise<T> {
  return () =>
    fetchPart().catch((cause: unknown) => {
      throw new Error('A part of the app could not be fetched (a dynamically imported module).', { cause });
    });
}

function keysOf(error: unknown): Words {
  if (isChunkError(error)) return ['errors.newVersion', 'errors.newVersionNext'];
  if (!(error instanceof ApiError)) return ['errors.screen', 'errors.screenNext'];
  const known = byCode[error.code] ?? byStatus[error.status];
  if (known) return known;
  return error.status >= 500 ? ['errors.server', 'errors.serverNext'] : ['errors.invalid', 'errors.invalidNext'];
}

/** Anything that was thrown, in words: what happened, what is safe, what to do next. */
export function errorWords(error: unknown, t: CoreT): ErrorWords {
  const [what, next] = keysOf(error);
  const code = error instanceof ApiError && error.status >= 500 ? (error.requestId ?? error.code) : undefined;
  return { what: t(what), next: t(next), code };
}

/** A refusal by its code, as lists of them come back from requests about many things. */
export function codeWords(code: string, t: CoreT): string {
  const words = byCode[code];
  return words ? t(words[0]) : t('errors.conflict');
}

/** Names of the request fields that the server found faulty: `body.email` → `email`. */
export function faultyFields(error: unknown): ReadonlySet<string> {
  if (!(error instanceof ApiError)) return new Set();
  return new Set(error.errors.map(({ path }) => path.replace(/^(body|query|params)\./, '')));
}
