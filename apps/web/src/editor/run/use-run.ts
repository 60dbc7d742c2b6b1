import type { NodeRunSummary, RunDetail, RunSummary } from '@millwright/contracts';
import type { NodeTypeCatalog } from '@millwright/workflow';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import type { EditorSession } from '../core/session.ts';
import { createOverlayStore, type OverlayStore, takeStepRuns } from '../core/state/overlay-store.ts';
import { openReadOnly } from '../page/session/read-only-session.ts';
import { type AnnouncementStore, createAnnouncements } from '../page/session/use-session-parts.ts';
import { useTexts } from '../texts.ts';

/** A read-only session over the version that ran. */
export function useRunSession(
  detail: RunDetail | undefined,
  catalog: NodeTypeCatalog | null,
): { readonly session: EditorSession | null; readonly announcements: AnnouncementStore } {
  const { language } = useTexts();
  const [announcements] = useState(createAnnouncements);
  const [session, setSession] = useState<EditorSession | null>(null);
  const words = useRef(language);
  const first = useRef(detail);
  useEffect(() => {
    words.current = language;
    first.current ??= detail;
  });
  const runId = detail?.id;
  useEffect(() => {
    const started = first.current;
    if (runId === undefined || !started || !catalog) return undefined;
    const overlay = createOverlayStore(runId);
    takeStepRuns(overlay, started.nodeRuns);
    const { session: opened, close } = openReadOnly({
      cameraKey: `${started.workflowId}.run`,
      document: started.document,
      catalog,
      announcements,
      language: () => words.current,
      overlay,
    });
    setSession(opened);
    return () => {
      close();
      setSession(null);
    };
  }, [runId, catalog, announcements]);
  return { session, announcements };
}

/** Applies run events once per frame, whatever their number. */
function createFrameQueue(overlay: OverlayStore, onRun: (run: RunSummary) => void) {
  let changed: NodeRunSummary[] = [];
  let run: RunSummary | null = null;
  let frame = 0;
  const flush = (): void => {
    frame = 0;
    const steps = changed;
    changed = [];
    if (steps.length > 0) takeStepRuns(overlay, steps);
    if (run) onRun(run);
    run = null;
  };
  return {
    push: (next: RunSummary, steps: readonly NodeRunSummary[]): void => {
      run = next;
      changed.push(...steps);
      if (frame === 0) frame = requestAnimationFrame(flush);
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

/** How the stream of a run stands. */
export type StreamState = 'live' | 'lost' | 'over';

/** Follows a run until it ends. @returns the run as it is now, how the stream stands, and how to hand in a newer answer about it */
export function useLiveRun(
  detail: RunSummary | undefined,
  overlay: OverlayStore | undefined,
): { readonly run: RunSummary | undefined; readonly stream: StreamState; readonly take: (run: RunSummary) => void } {
  const [run, setRun] = useState<RunSummary | undefined>(undefined);
  const [stream, setStream] = useState<StreamState>('over');
  const runId = detail?.id;
  const isOver = detail?.finishedAt !== null && detail?.finishedAt !== undefined;
  useEffect(() => {
    if (runId === undefined || !overlay || isOver) return undefined;
    const stop = new AbortController();
    const queue = createFrameQueue(overlay, setRun);
    api.runs
      .watch({ runId }, { on: { run: (event) => queue.push(event.run, event.nodeRuns) }, onState: setStream, signal: stop.signal })
      .then(
        () => setStream('over'),
        () => setStream('lost'),
      );
    return () => {
      stop.abort();
      queue.stop();
    };
  }, [runId, overlay, isOver]);
  // A page that was open before the run ended may hear of its resumption only by reading it again.
  return { run: isOver ? detail : (run ?? detail), stream, take: setRun };
}
