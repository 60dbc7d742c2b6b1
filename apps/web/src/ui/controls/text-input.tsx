import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

/** Look of every one-line control. */
export const controlClass =
  'w-full min-w-0 rounded-control border border-border-strong bg-surface px-2.5 text-body text-text transition-colors duration-(--motion-hover) ' +
  'hover:border-text-2 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 focus-visible:outline-focus ' +
  'aria-invalid:border-status-failed disabled:bg-raised disabled:text-text-3 pointer-coarse:min-h-11 pointer-coarse:text-[16px]';

/** One line of text. */
export interface TextInputProps extends Omit<ComponentProps<'input'>, 'size'> {
  /** 32 or 40 px high. Default `md`. */
  readonly size?: 'md' | 'lg';
  /** Set in the monospaced face, for data. */
  readonly mono?: boolean;
}

/** A native input: paste, autofill and password managers work. */
export function TextInput({ size = 'md', mono = false, className, ...rest }: TextInputProps) {
  return <input {...rest} className={classes(controlClass, size === 'lg' ? 'h-10' : 'h-8', mono && 'font-mono', className)} />;
}
