import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../controls/classes.ts';
import { Kbd } from '../controls/kbd.tsx';

/** One thing that a menu offers, or a line between groups. */
export type MenuEntry =
  | {
      readonly kind?: 'item';
      readonly key: string;
      readonly label: string;
      /** A second line in quiet words: the consequence, or why it cannot be done now. */
      readonly hint?: string;
      readonly icon?: ReactNode;
      readonly keys?: readonly string[];
      readonly danger?: boolean;
      readonly disabled?: boolean;
      /** Set on entries of which one is chosen. */
      readonly checked?: boolean;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'separator'; readonly key: string }
  | { readonly kind: 'heading'; readonly key: string; readonly label: string };

const popupClass = 'float max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto rounded-card p-1 outline-none';
const itemClass =
  'flex min-h-8 gap-2 rounded-control px-2 py-1 text-body outline-none data-highlighted:bg-raised data-disabled:opacity-50 pointer-coarse:min-h-11';

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry.kind === 'separator') return <BaseMenu.Separator className="mx-1 my-1 h-px bg-border" />;
  if (entry.kind === 'heading') return <div className="px-2 pt-1.5 pb-0.5 text-meta text-text-3">{entry.label}</div>;
  return (
    <BaseMenu.Item
      className={classes(itemClass, entry.hint ? 'items-start' : 'items-center', entry.danger && 'text-status-failed')}
      disabled={entry.disabled ?? false}
      onClick={entry.onSelect}
      {...(entry.checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': entry.checked })}
    >
      {entry.icon ? <span className={classes('flex h-5 shrink-0 items-center', !entry.danger && 'text-text-3')}>{entry.icon}</span> : null}
      <span className="min-w-0 flex-1">
        {entry.label}
        {entry.hint ? <span className="block text-secondary text-text-3">{entry.hint}</span> : null}
      </span>
      {entry.checked ? <Check size={14} className="text-accent" aria-hidden="true" /> : null}
      {entry.keys ? <Kbd keys={entry.keys} /> : null}
    </BaseMenu.Item>
  );
}

/** A button that opens a list of actions. */
export interface MenuProps {
  /** The button itself; takes ref and props. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  readonly side?: 'bottom' | 'right' | 'top';
  /** Shown above the entries, not selectable. */
  readonly header?: ReactNode;
}

/** Opens with click, Enter, Space and arrow down; letters jump to entries. */
export function Menu({ trigger, entries, align = 'start', side = 'bottom', header }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <BaseMenu.Popup className={popupClass}>
            {header}
            {entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** What a right click (or the menu key, or a long press) on an element offers. */
export interface ContextMenuProps {
  /** The area; takes ref and props. */
  readonly target: ReactElement<Record<string, unknown>>;
  readonly entries: readonly MenuEntry[];
  /** Told before it opens, e.g. to select what was clicked. */
  readonly onOpenChange?: (open: boolean) => void;
}

/** Never the only way to an action. */
export function ContextMenu({ target, entries, onOpenChange }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <BaseContextMenu.Trigger render={target} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="z-50 outline-none" collisionPadding={8}>
          <BaseContextMenu.Popup className={popupClass}>
            {entries.map((entry) => (
              <Entry key={entry.key} entry={entry} />
            ))}
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}
