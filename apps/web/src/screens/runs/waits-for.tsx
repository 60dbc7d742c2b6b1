import type { WaitsFor } from '@millwright/workflow';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { waitsForWords } from './run-words.ts';

/** Waits shorter than this are counted down by the second, ms. */
const COUNTED_MS = 3_600_000;

/** Ms since 1970, moving every second while something is counted down. */
function useSecond(isCounting: boolean): number {
  const slow = useNow();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isCounting]);
  return isCounting ? now : slow;
}

/** What a run or step waits for, as a sentence; a retry or a timer that is near counts down. */
export function WaitsForText({ waitsFor }: { readonly waitsFor: WaitsFor }) {
  const { t } = useTranslation('core');
  const format = useFormat();
  const { kind, untilMs } = waitsFor;
  const counts = (kind === 'retry' || kind === 'timer') && untilMs !== undefined;
  const slow = useNow();
  const isNear = counts && untilMs - slow < COUNTED_MS && untilMs > slow - COUNTED_MS;
  const nowMs = useSecond(isNear);
  if (!isNear || untilMs <= nowMs) return waitsForWords(waitsFor, t, { format, nowMs });
  // Read once by assistive technology, not every second.
  const left = format.duration(Math.ceil((untilMs - nowMs) / 1000) * 1000);
  return (
    <>
      <span className="sr-only">{waitsForWords(waitsFor, t, { format, nowMs: slow })}</span>
      <span aria-hidden="true" className="num">
        {t(kind === 'retry' ? 'waitsFor.retryIn' : 'waitsFor.timerIn', { time: left })}
      </span>
    </>
  );
}
