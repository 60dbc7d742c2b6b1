import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Kbd } from '../controls/kbd.tsx';

/** Where a layer opens relative to what it belongs to. */
export type Side = 'top' | 'bottom' | 'left' | 'right';

/** A short text on hover and focus. */
export interface TooltipProps {
  readonly label: string;
  readonly keys?: readonly string[];
  readonly side?: Side;
  /** The element it belongs to; must take a ref and the props of its tag. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** Never the only place of a fact: touch screens have no hover. Wrap screens in `TooltipProvider`. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="float flex max-w-72 items-center gap-2 rounded-control px-2 py-1 text-secondary">
            {label}
            {keys ? <Kbd keys={keys} /> : null}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

/** Shares one delay between neighbouring tooltips. */
export const TooltipProvider = BaseTooltip.Provider;
