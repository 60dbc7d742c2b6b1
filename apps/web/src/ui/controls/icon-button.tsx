import type { ComponentProps, ReactNode } from 'react';
import type { ButtonSize, ButtonVariant } from './button-class.ts';
import { buttonClass } from './button-class.ts';
import { Tooltip } from '../layers/tooltip.tsx';

/** A button that shows only an icon. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** Its name for everybody: read aloud and shown as tooltip. */
  readonly label: string;
  /** Keys that do the same, shown in the tooltip, such as `['Mod', 'Z']`. */
  readonly keys?: readonly string[];
  readonly icon: ReactNode;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

const squares: Readonly<Record<ButtonSize, string>> = { sm: 'w-7', md: 'w-8', lg: 'w-10' };

/** A square button with a name and a tooltip; never below 28 px, 44 px under a finger. */
export function IconButton({ label, keys, icon, variant = 'quiet', size = 'md', className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} {...(keys ? { keys } : {})}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={buttonClass(variant, size, `px-0! pointer-coarse:min-w-11 ${squares[size]} ${className ?? ''}`)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
