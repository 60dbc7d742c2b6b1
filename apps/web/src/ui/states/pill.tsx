import type { ReactNode } from 'react';
import { classes } from '../controls/classes.ts';

/** Meaning of a pill; never the only sign of it. */
export type PillTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const tones: Readonly<Record<PillTone, string>> = {
  neutral: 'border-border bg-raised text-text-2',
  accent: 'border-accent/40 bg-accent/10 text-accent',
  success: 'border-status-success/45 bg-status-success/10 text-text',
  warning: 'border-status-retrying/50 bg-status-retrying/10 text-text',
  danger: 'border-status-failed/40 bg-status-failed/10 text-status-failed',
};

/** A small label for a state or a count. */
export function Pill({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: PillTone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={classes(
        'inline-flex h-5 max-w-full min-w-0 items-center gap-1 rounded-full border px-2 text-meta font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
