import { installCrypto } from './crypto.ts';
import { fileHelpers, installFiles, keepInline, settleFile } from './files.ts';
import { httpRequest, installFetch, settleFetch } from './fetch.ts';
import { installDates, installModules } from './modules.ts';
import { installText } from './text.ts';
import { fireTimer, installTimers } from './timers.ts';
import { installUrl } from './url.ts';

/** What most code does not use, and a context has only when its code names any of it. */
export interface Extras {
  readonly fireTimer: (id: number) => void;
  readonly settleFetch: (id: number, text: string) => void;
  readonly settleFile: (id: number, head: string, bytes: string) => void;
  /** What `this.helpers` has. */
  readonly helpers: object;
  /** Makes files of what a result holds as base64, as n8n's programs write it. */
  readonly keepInline: (files: unknown) => Promise<void>;
}

/** Sets everything that is no root and no part of the language. */
export function install(): Extras {
  installTimers();
  installText();
  installUrl();
  installFetch();
  installCrypto();
  installDates();
  installModules();
  installFiles();
  return { fireTimer, settleFetch, settleFile, keepInline, helpers: { ...fileHelpers, httpRequest, request: httpRequest } };
}
