import { ApiError } from '@millwright/client';
import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useConnectionsChanged } from '../connection-queries.ts';
import { type ConsentNews, hearConsent } from './consent-channel.ts';

/** How far a consent in the service's window has come. */
export type ConsentPhase =
  | { readonly is: 'idle' }
  | { readonly is: 'starting' }
  /** The window is open. `cameBack`: the person is on this page again, and nothing has come from the window. */
  | { readonly is: 'waiting'; readonly cameBack: boolean }
  | { readonly is: 'blocked' }
  | { readonly is: 'refused'; readonly code: string }
  | { readonly is: 'connected' };

/** A consent that a dialog goes through. */
export interface Consent {
  readonly phase: ConsentPhase;
  /** Opens the window; call it in a click, or the browser blocks it. */
  readonly open: (options?: { readonly anyAccount?: boolean }) => void;
  /** Goes to the service in this tab instead. */
  readonly openHere: () => void;
}

const FEATURES = 'popup,width=560,height=720';

function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : 'oauth_unavailable';
}

async function addressOf(credentialId: string, anyAccount: boolean): Promise<string> {
  const { authorizeUrl } = await api.credentials.startOauth({ credentialId, body: { anyAccount } });
  return authorizeUrl;
}

/** Hears once for as long as it is shown, and tells the newest listener. */
function useNews(onNews: (news: ConsentNews) => void): void {
  const listener = useRef(onNews);
  useEffect(() => {
    listener.current = onNews;
  });
  useEffect(() => hearConsent((news) => listener.current(news)), []);
}

/** Notes that the person is on this page again while the window is waited for. */
function useCameBack(setPhase: Dispatch<SetStateAction<ConsentPhase>>): void {
  useEffect(() => {
    const back = (): void => setPhase((now) => (now.is === 'waiting' ? { is: 'waiting', cameBack: true } : now));
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, [setPhase]);
}

/**
 * Connects in the service's window. The window is cut off from this page as soon as it is at the service (our pages share no
 * browsing context with others), so nobody can be asked whether it is still open: coming back without an answer stands for that.
 */
export function useConsent(credentialId: string, onConnected: () => void): Consent {
  const [phase, setPhase] = useState<ConsentPhase>({ is: 'idle' });
  const state = useRef<string | null>(null);
  const changed = useConnectionsChanged();
  useNews((news) => {
    if (news.state !== state.current) return;
    state.current = null;
    void changed();
    if (news.outcome.is === 'refused') {
      setPhase(news.outcome);
      return;
    }
    setPhase({ is: 'connected' });
    onConnected();
  });
  useCameBack(setPhase);
  const open = useCallback(
    ({ anyAccount = false }: { readonly anyAccount?: boolean } = {}) => {
      // Opened before the server is asked: later it would not be the click that opened it.
      const popup = window.open('', 'millwright-consent', FEATURES);
      if (popup === null) {
        setPhase({ is: 'blocked' });
        return;
      }
      setPhase({ is: 'starting' });
      addressOf(credentialId, anyAccount).then(
        (address) => {
          state.current = new URL(address).searchParams.get('state');
          popup.location.replace(address);
          setPhase({ is: 'waiting', cameBack: false });
        },
        (error: unknown) => {
          popup.close();
          setPhase({ is: 'refused', code: codeOf(error) });
        },
      );
    },
    [credentialId],
  );
  const openHere = useCallback(() => {
    setPhase({ is: 'starting' });
    addressOf(credentialId, false).then(
      (address) => window.location.assign(address),
      (error: unknown) => setPhase({ is: 'refused', code: codeOf(error) }),
    );
  }, [credentialId]);
  return { phase, open, openHere };
}
