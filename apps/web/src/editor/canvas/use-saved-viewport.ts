import type { Viewport } from '@xyflow/react';
import { useMemo } from 'react';
import { z } from 'zod';
import { recall, remember } from '../../api/device-memory.ts';

const viewportSchema = z.object({ x: z.number(), y: z.number(), zoom: z.number().min(0.05).max(4) });

/** The camera as it was left on this device; null the first time. @param key names person and workflow */
export function useSavedViewport(key: string): { readonly saved: Viewport | null; readonly save: (viewport: Viewport) => void } {
  return useMemo(() => {
    const name = `viewport.${key}`;
    const read = (): Viewport | null => {
      try {
        const parsed = viewportSchema.safeParse(JSON.parse(recall(name) ?? 'null'));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    };
    return { saved: read(), save: (viewport) => remember(name, JSON.stringify(viewport)) };
  }, [key]);
}
