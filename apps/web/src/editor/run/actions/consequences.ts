import type { ResumePreview } from '@millwright/contracts';

/** What becomes of requests that would be different now. */
export type OnChanged = 'resend' | 'skip';

/** What a resume does, with the person's answer about changed requests counted in; null before the answer. */
export function consequencesOf(
  { skipped, again, changed }: ResumePreview,
  onChanged: OnChanged | null,
): Pick<ResumePreview, 'skipped' | 'again'> | null {
  if (changed.length === 0) return { skipped, again };
  switch (onChanged) {
    case null:
      return null;
    case 'skip':
      return { skipped: [...skipped, ...changed.map(({ nodeId, name }) => ({ nodeId, name, count: 1 }))], again };
    case 'resend':
      return { skipped, again: [...changed.map(({ nodeId, name }) => ({ nodeId, name })), ...again] };
  }
}
