import { classes } from './classes.ts';

/** `primary` once per screen; `danger` where something is lost. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
/** Heights 28, 32 and 40 px. */
export type ButtonSize = 'sm' | 'md' | 'lg';

const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap select-none ' +
  'transition-colors duration-(--motion-hover) disabled:opacity-50 aria-disabled:opacity-60 pointer-coarse:min-h-11';

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-transparent bg-accent text-on-accent hover:not-disabled:bg-[color-mix(in_srgb,var(--accent)_88%,var(--text))]',
  secondary:
    'border-border bg-surface text-text hover:not-disabled:border-border-strong hover:not-disabled:bg-raised data-popup-open:bg-raised',
  quiet:
    'border-transparent text-text-2 hover:not-disabled:bg-raised hover:not-disabled:text-text data-popup-open:bg-raised data-popup-open:text-text',
  danger:
    'border-transparent bg-status-failed text-surface hover:not-disabled:bg-[color-mix(in_srgb,var(--status-failed)_88%,var(--text))]',
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-7 px-2 text-secondary',
  md: 'h-8 px-3 text-body',
  lg: 'h-10 px-4 text-body',
};

/** Look of a button, for links that act like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', extra?: string): string {
  return classes(base, variants[variant], sizes[size], extra);
}
