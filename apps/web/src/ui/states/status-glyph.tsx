import type { ReactNode } from 'react';

/** How a run, or a step in it, stands; `retrying` is a waiting one that will try again by itself. */
export type Status = 'queued' | 'pending' | 'running' | 'waiting' | 'retrying' | 'succeeded' | 'failed' | 'skipped' | 'canceled';

/** Tells retrying from other waiting. */
export function statusOf(status: Exclude<Status, 'retrying'>, waitsFor?: { readonly kind: string } | null): Status {
  return status === 'waiting' && waitsFor?.kind === 'retry' ? 'retrying' : status;
}

/** The colour of each status, as a token of the theme. */
export const statusColor: Readonly<Record<Status, string>> = {
  queued: 'var(--text-3)',
  pending: 'var(--border-strong)',
  running: 'var(--status-running)',
  waiting: 'var(--status-waiting)',
  retrying: 'var(--status-retrying)',
  succeeded: 'var(--status-success)',
  failed: 'var(--status-failed)',
  skipped: 'var(--status-skipped)',
  canceled: 'var(--status-skipped)',
};

const ring = <circle cx="8" cy="8" r="6.25" />;

/** Shapes differ as much as colours do: nobody needs to see colour. */
const shapes: Readonly<Record<Status, ReactNode>> = {
  queued: <circle cx="8" cy="8" r="6.25" strokeDasharray="1.5 2.4" />,
  pending: ring,
  running: (
    <>
      {ring}
      <path d="M8 8V3.5A4.5 4.5 0 0 1 12.5 8Z" fill="currentColor" stroke="none" />
    </>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="6.25" strokeDasharray="5 2" />
      <path d="M6.5 5.75v4.5M9.5 5.75v4.5" />
    </>
  ),
  retrying: (
    <>
      <circle cx="8" cy="8" r="6.25" strokeDasharray="0.1 2.7" strokeLinecap="round" />
      <path d="M8 4.75v3.75M8 11v.1" />
    </>
  ),
  succeeded: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m4.9 8.2 2.1 2.1 4.1-4.4" stroke="var(--surface)" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" stroke="var(--surface)" />
    </>
  ),
  skipped: (
    <>
      {ring}
      <path d="m3.7 12.3 8.6-8.6" />
    </>
  ),
  canceled: (
    <>
      {ring}
      <path d="M5.75 5.75h4.5v4.5h-4.5z" fill="currentColor" stroke="none" />
    </>
  ),
};

/** The sign of a status; give `label` where no word stands beside it. */
export function StatusGlyph({
  status,
  sizePx = 16,
  label,
}: {
  readonly status: Status;
  readonly sizePx?: number;
  readonly label?: string;
}) {
  return (
    <svg
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ color: statusColor[status] }}
      className="shrink-0"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {shapes[status]}
    </svg>
  );
}
