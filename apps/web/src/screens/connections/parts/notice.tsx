import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/controls/classes.ts';

const LOOKS = {
  good: {
    frame: 'border-status-success/45 bg-[color-mix(in_srgb,var(--status-success)_8%,var(--surface))]',
    icon: <CircleCheck size={16} className="text-status-success" />,
  },
  bad: {
    frame: 'border-status-failed/40 bg-[color-mix(in_srgb,var(--status-failed)_7%,var(--surface))]',
    icon: <CircleAlert size={16} className="text-status-failed" />,
  },
  info: {
    frame: 'border-border bg-[color-mix(in_srgb,var(--raised)_60%,var(--surface))]',
    icon: <Info size={16} className="text-text-3" />,
  },
} as const;

/** What something came to: in a sentence, what to do next, and buttons for it. */
export interface NoticeProps {
  readonly tone: keyof typeof LOOKS;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Buttons stand at the right where there is room. Default false: below. */
  readonly wide?: boolean;
}

/** Announced when it appears; failures at once. */
export function Notice({ tone, title, children, actions, wide = false }: NoticeProps) {
  const look = LOOKS[tone];
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={classes('flex gap-2.5 rounded-card border p-3', look.frame)}>
      <span className="mt-0.5 shrink-0" aria-hidden="true">
        {look.icon}
      </span>
      <div className={classes('flex min-w-0 flex-1 flex-col gap-1', wide && 'sm:flex-row sm:items-center sm:gap-4')}>
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <p className="text-body font-medium break-words">{title}</p>
          {children ? <div className="text-body break-words text-text-2">{children}</div> : null}
        </div>
        {actions ? <div className={classes('flex flex-wrap gap-2', wide ? 'max-sm:mt-1.5' : 'mt-1.5')}>{actions}</div> : null}
      </div>
    </div>
  );
}
