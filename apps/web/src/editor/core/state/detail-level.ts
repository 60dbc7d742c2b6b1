import type { DetailLevel } from './interface-store.ts';

/** Zoom from which a card is drawn in full, and from which with its title only. */
const LEVEL_ZOOMS = { full: 0.6, title: 0.35 } as const;

/** How far beyond a limit the zoom must go before the level changes, so that it never flickers. */
const HYSTERESIS = 0.03;

/** The level for a zoom, given the level now. */
export function levelFor(zoom: number, now: DetailLevel): DetailLevel {
  const full = LEVEL_ZOOMS.full + (now === 'full' ? -HYSTERESIS : HYSTERESIS);
  const title = LEVEL_ZOOMS.title + (now === 'block' ? HYSTERESIS : -HYSTERESIS);
  if (zoom >= full) return 'full';
  return zoom >= title ? 'title' : 'block';
}
