import type { Viewport } from '@xyflow/react';
import { useMemo } from 'react';
import { z } from 'zod';

const viewportSchema = z.object({ x: z.number(), y: z.number(), zoom: z.number().min(0.05).max(4) });

/** The camera as it was left on this device; null the first time. */
export function useSavedViewport(key: string): { readonly saved: Viewport | null; readonly save: (viewport: Viewport) => void } {
  return useMemo(() => {
    const name = `millwright.viewport.${key}`;
    const read = (): Viewport | null => {
      try {
        const parsed = viewportSchema.safeParse(JSON.parse(localStorage.getItem(name) ?? 'null'));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    };
    const save = (viewport: Viewport): void => {
      try {
        localStorage.setItem(name, JSON.stringify(viewport));
      } catch {
        // Blocked or full storage: the camera is only not remembered.
      }
    };
    return { saved: read(), save };
  }, [key]);
}
