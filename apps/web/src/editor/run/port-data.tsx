import type { PortData } from '@millwright/contracts';
import type { WorkflowNode } from '@millwright/workflow';
import { Braces, Rows3 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { inputsOf, outputsOf } from '../core/graph/edges/ports.ts';
import { usePortTitle } from '../look/use-port-title.ts';
import { useTypeOf } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { ItemsJson } from './items-json.tsx';
import { ItemsTable } from './items-table.tsx';

type View = 'table' | 'json';

function ViewSwitch({ view, onChange }: { readonly view: View; readonly onChange: (view: View) => void }) {
  const { t } = useTexts();
  const shared = { size: 'sm', className: 'aria-pressed:bg-raised' } as const;
  return (
    <span className="ml-auto flex">
      <IconButton
        {...shared}
        label={t('run.asTable')}
        aria-pressed={view === 'table'}
        icon={<Rows3 size={14} />}
        onClick={() => onChange('table')}
      />
      <IconButton
        {...shared}
        label={t('run.asJson')}
        aria-pressed={view === 'json'}
        icon={<Braces size={14} />}
        onClick={() => onChange('json')}
      />
    </span>
  );
}

/** Items of one side of a step: a port, as table or as JSON. */
export function PortDataView({
  ports,
  node,
  side,
}: {
  readonly ports: Readonly<Record<string, PortData>>;
  readonly node: WorkflowNode | undefined;
  readonly side: 'inputs' | 'outputs';
}) {
  const { t } = useTexts();
  const info = useTypeOf(node);
  const portName = usePortTitle(info);
  const [view, setView] = useState<View>('table');
  const [wanted, setWanted] = useState<string | null>(null);
  const names = Object.keys(ports);
  const name =
    wanted !== null && names.includes(wanted) ? wanted : (names.find((candidate) => (ports[candidate]?.count ?? 0) > 0) ?? names[0]);
  const data = name === undefined ? undefined : ports[name];
  if (!data || data.count === 0)
    return <p className="p-4 text-body text-text-2">{side === 'inputs' ? t('run.noInput') : t('run.noOutput')}</p>;
  const title = (port: string): string => {
    const known = node && (side === 'inputs' ? inputsOf(node, info) : outputsOf(node, info)).find((candidate) => candidate.name === port);
    return known ? portName(known, side === 'inputs' ? 'input' : 'output') : port;
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 px-3 py-1.5 text-secondary text-text-2">
        {names.length > 1 && name !== undefined ? (
          <Select
            quiet
            label={t('run.port')}
            value={name}
            options={names.map((port) => ({ value: port, label: `${title(port)} (${ports[port]?.count ?? 0})` }))}
            onChange={setWanted}
          />
        ) : null}
        <span className="num">
          {data.items.length < data.count
            ? t('run.itemsOf', { shown: data.items.length, count: data.count })
            : t('run.items', { count: data.count })}
        </span>
        <ViewSwitch view={view} onChange={setView} />
      </div>
      {view === 'table' ? <ItemsTable items={data.items} /> : <ItemsJson items={data.items} />}
    </div>
  );
}
