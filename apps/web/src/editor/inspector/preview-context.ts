import { createContext, useContext } from 'react';
import type { Samples } from './samples.ts';

/** What the inspector's fields share: whose fields they are and which item the previews are for. */
export interface PreviewState {
  readonly nodeId: string;
  readonly samples: Samples;
  /** Zero-based. */
  readonly itemIndex: number;
  readonly setItemIndex: (index: number) => void;
}

/** Gives {@link PreviewState} to fields and data panel. */
export const PreviewContext = createContext<PreviewState | null>(null);

/** What the inspector's fields share; null outside of it. */
export function usePreviewState(): PreviewState | null {
  return useContext(PreviewContext);
}
