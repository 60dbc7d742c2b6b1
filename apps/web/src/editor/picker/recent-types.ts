import { recall, remember } from '../../api/device-memory.ts';

const NAME = 'picker.recent';
/** Types remembered. */
const MOST = 8;

/** Types that were chosen last in this browser, the last one first. */
export function recentTypes(): readonly string[] {
  return (recall(NAME) ?? '').split(' ').filter(Boolean);
}

/** Remembers that a type was chosen. */
export function noteRecent(type: string): void {
  remember(NAME, [type, ...recentTypes().filter((one) => one !== type)].slice(0, MOST).join(' '));
}
