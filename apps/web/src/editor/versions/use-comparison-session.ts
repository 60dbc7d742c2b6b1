import type { NodeTypeCatalog } from '@millwright/workflow';
import { useEffect, useRef, useState } from 'react';
import type { Comparison } from '../core/graph/comparison.ts';
import type { EditorSession } from '../core/session.ts';
import { type ComparisonStore, createComparisonStore } from '../core/state/comparison-store.ts';
import { openReadOnly } from '../page/session/read-only-session.ts';
import { type AnnouncementStore, createAnnouncements } from '../page/session/use-session-parts.ts';
import { useTexts } from '../texts.ts';

/** A read-only session that compares two states. */
export interface ComparisonSession extends EditorSession {
  readonly comparison: ComparisonStore;
}

/** A session over everything that is in one of two states; a new one for each comparison. */
export function useComparisonSession(
  workflowId: string,
  comparison: Comparison | null,
  catalog: NodeTypeCatalog | null,
): { readonly session: ComparisonSession | null; readonly announcements: AnnouncementStore } {
  const { language } = useTexts();
  const [announcements] = useState(createAnnouncements);
  const [session, setSession] = useState<ComparisonSession | null>(null);
  const words = useRef(language);
  useEffect(() => {
    words.current = language;
  });
  useEffect(() => {
    if (comparison === null || catalog === null) return undefined;
    const { session: opened, close } = openReadOnly({
      cameraKey: `${workflowId}.versions`,
      document: comparison.union,
      catalog,
      announcements,
      language: () => words.current,
    });
    setSession({ ...opened, comparison: createComparisonStore(comparison) });
    return () => {
      close();
      setSession(null);
    };
  }, [workflowId, comparison, catalog, announcements]);
  return { session, announcements };
}
