import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import type { FieldControlProps } from './field.tsx';
import { controlClass } from './text-input.tsx';

/** One value that can be chosen. */
export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

/** Chooses one of a few values. */
export interface SelectProps<V extends string> {
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  /** From `Field`; otherwise give `label`. */
  readonly control?: FieldControlProps;
  /** Name for assistive technology when there is no visible label. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly size?: 'md' | 'lg';
  readonly className?: string;
  /** Look without a frame, for tool bars. */
  readonly quiet?: boolean;
}

/** A list box: arrows, letters, Home and End work; the chosen value has a tick. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { value, options, onChange, control, label, disabled = false, size = 'md', className, quiet = false } = props;
  const chosen = options.find((option) => option.value === value);
  const frame = quiet
    ? 'rounded-control border border-border bg-surface px-2.5 text-body hover:border-border-strong hover:bg-raised pointer-coarse:min-h-11'
    : controlClass;
  return (
    <BaseSelect.Root
      value={value}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <BaseSelect.Trigger
        {...control}
        aria-label={label}
        className={classes('flex items-center gap-2 text-left', frame, size === 'lg' ? 'h-10' : 'h-8', className)}
      >
        {chosen?.icon}
        <BaseSelect.Value className="min-w-0 flex-1 truncate" />
        <BaseSelect.Icon className="text-text-3">
          <ChevronsUpDown size={14} />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} collisionPadding={8} className="z-50 outline-none">
          <BaseSelect.Popup className="float max-h-(--available-height) max-w-(--available-width) min-w-(--anchor-width) overflow-y-auto rounded-card p-1 outline-none">
            {options.map((option) => (
              <Option key={option.value} option={option} />
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function Option({ option }: { readonly option: SelectOption<string> }) {
  return (
    <BaseSelect.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className="flex min-h-8 items-center gap-2 rounded-control px-2 py-1 text-body outline-none data-disabled:opacity-50 data-highlighted:bg-raised pointer-coarse:min-h-11"
    >
      {option.icon}
      <span className="min-w-0 flex-1">
        <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
        {option.hint ? <span className="block max-w-64 text-secondary text-text-3">{option.hint}</span> : null}
      </span>
      <span className="w-4 text-accent">
        <BaseSelect.ItemIndicator>
          <Check size={14} />
        </BaseSelect.ItemIndicator>
      </span>
    </BaseSelect.Item>
  );
}
