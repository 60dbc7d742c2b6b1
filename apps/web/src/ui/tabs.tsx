import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

/** One tab and what it shows. */
export interface Tab<V extends string> {
  readonly value: V;
  readonly label: string;
  /** A count or dot behind the label. */
  readonly badge?: ReactNode;
  readonly content: ReactNode;
}

/** Several views of one thing. */
export interface TabsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly tabs: readonly Tab<V>[];
  /** Sits at the right end of the row. */
  readonly aside?: ReactNode;
  readonly panelClassName?: string;
}

/** Arrow keys move between tabs; only the open panel is mounted. */
export function Tabs<V extends string>({ label, value, onChange, tabs, aside, panelClassName }: TabsProps<V>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next) => onChange(tabs.find((tab) => tab.value === next)?.value ?? value)}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-2 border-b border-border">
        <BaseTabs.List aria-label={label} className="flex min-w-0 gap-1 overflow-x-auto px-2" activateOnFocus>
          {tabs.map((tab) => (
            <BaseTabs.Tab
              key={tab.value}
              value={tab.value}
              className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 text-body whitespace-nowrap text-text-2 hover:text-text focus-visible:-outline-offset-2 data-active:border-accent data-active:font-medium data-active:text-text pointer-coarse:min-h-11"
            >
              {tab.label}
              {tab.badge}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        {aside ? <div className="ml-auto flex shrink-0 items-center gap-1 pr-2">{aside}</div> : null}
      </div>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className={panelClassName ?? 'min-h-0 flex-1 overflow-y-auto'}>
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
