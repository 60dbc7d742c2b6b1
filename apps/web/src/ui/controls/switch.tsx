import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { FieldControlProps } from './field.tsx';

/** On or off, taking effect at once. */
export interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly control?: FieldControlProps;
  /** Name for assistive technology when there is no visible label. */
  readonly label?: string;
  readonly disabled?: boolean;
}

/** The knob's place says the state; colour only repeats it. */
export function Switch({ checked, onChange, control, label, disabled = false }: SwitchProps) {
  return (
    <BaseSwitch.Root
      {...control}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="relative inline-flex h-5 w-9 forced-color-adjust-none shrink-0 before:absolute before:-inset-1 items-center rounded-full border border-border-strong bg-raised px-0.5 transition-colors duration-(--motion-hover) data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
    >
      <BaseSwitch.Thumb className="size-3.5 rounded-full bg-border-strong transition-transform duration-(--motion-hover) data-checked:translate-x-4 data-checked:bg-on-accent" />
    </BaseSwitch.Root>
  );
}
