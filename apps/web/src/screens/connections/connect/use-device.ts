import { ApiError } from '@millwright/client';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useConnectionsChanged } from '../connection-queries.ts';

/** A code that is typed in on another screen. */
export type DevicePhase =
  | { readonly is: 'idle' }
  | { readonly is: 'starting' }
  | { readonly is: 'waiting'; readonly userCode: string; readonly verificationUrl: string }
  | { readonly is: 'refused'; readonly code: string };

/** The service asks us to ask less often by this much each time, ms (RFC 8628 §3.5). */
const SLOWER_MS = 5_000;

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Asks until the code was typed in. @throws ApiError where it was refused or ran out */
async function untilEntered(deviceId: string, intervalMs: number, signal: AbortSignal): Promise<void> {
  let pauseMs = intervalMs;
  while (!signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- each question waits for the answer of the one before
    await wait(pauseMs, signal);
    if (signal.aborted) return;
    // oxlint-disable-next-line no-await-in-loop -- as above
    const answer = await api.credentials.pollDevice({ body: { deviceId } });
    if (answer.status === 'connected') return;
    if (answer.slowDown) pauseMs += SLOWER_MS;
  }
}

/** Connects by a code. */
export function useDevice(
  credentialId: string,
  onConnected: () => void,
): { readonly phase: DevicePhase; readonly start: (options?: { readonly anyAccount?: boolean }) => void } {
  const [phase, setPhase] = useState<DevicePhase>({ is: 'idle' });
  const polling = useRef<AbortController | null>(null);
  const changed = useConnectionsChanged();
  useEffect(() => () => polling.current?.abort(), []);
  const start = ({ anyAccount = false }: { readonly anyAccount?: boolean } = {}): void => {
    polling.current?.abort();
    const controller = new AbortController();
    polling.current = controller;
    setPhase({ is: 'starting' });
    const walk = async (): Promise<void> => {
      const { deviceId, userCode, verificationUrl, intervalMs } = await api.credentials.startDevice({ credentialId, body: { anyAccount } });
      setPhase({ is: 'waiting', userCode, verificationUrl });
      await untilEntered(deviceId, intervalMs, controller.signal);
      await changed();
      if (!controller.signal.aborted) onConnected();
    };
    walk().catch((error: unknown) => {
      if (controller.signal.aborted) return;
      setPhase({ is: 'refused', code: error instanceof ApiError ? error.code : 'oauth_unavailable' });
    });
  };
  return { phase, start };
}
