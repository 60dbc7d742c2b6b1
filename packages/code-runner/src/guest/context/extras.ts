import { installCrypto } from './crypto.ts';
import { installDates } from './dates.ts';
import { httpRequest, installFetch, settleFetch } from './fetch.ts';
import { installModules } from './modules.ts';
import { installText } from './text.ts';
import { fireTimer, installTimers } from './timers.ts';
import { installUrl } from './url.ts';

/** What most code does not use, and a context has only when its code names any of it. */
export interface Extras {
  readonly fireTimer: (id: number) => void;
  readonly settleFetch: (id: number, text: string) => void;
  readonly httpRequest: (options: never) => Promise<unknown>;
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
  return { fireTimer, settleFetch, httpRequest };
}
