import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SheetSection } from '../../../shell/sheet-section.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Pill } from '../../../ui/states/pill.tsx';
import { Notice } from '../../connections/parts/notice.tsx';
import { addWords } from '../add/add-words.ts';
import { Facts, MOST_OPERATIONS } from '../add/found-panel.tsx';
import { OperationList } from '../add/operation-list.tsx';
import { type ComparedDescription, useUpdateConnector } from '../connector-queries.ts';
import { ChangeList } from './change-list.tsx';
import { hostsNeeded } from './hosts-needed.ts';

/** A connector that has a new version. */
export interface UpdatedConnector {
  readonly title: string;
  readonly version: number;
  readonly actions: number;
}

interface ComparedPanelProps {
  readonly connectorKey: string;
  readonly found: ComparedDescription;
  readonly onUpdated: (updated: UpdatedConnector) => void;
}

interface HostChoice {
  readonly confirmed: ReadonlySet<string>;
  readonly onConfirm: (confirmed: ReadonlySet<string>) => void;
}

function NewHosts({ hosts, confirmed, onConfirm }: HostChoice & { readonly hosts: readonly string[] }) {
  const { t } = useTranslation('connectors');
  const toggle = (host: string, isConfirmed: boolean): void => {
    const next = new Set(confirmed);
    if (isConfirmed) next.add(host);
    else next.delete(host);
    onConfirm(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="font-semibold">{t('update.hostsTitle')}</legend>
      <p className="text-secondary text-text-3">{t('update.hostsHint')}</p>
      {hosts.map((host) => (
        <label key={host} className="flex min-w-0 items-start gap-2.5 py-1.5 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            checked={confirmed.has(host)}
            onChange={(event) => toggle(host, event.currentTarget.checked)}
          />
          <span className="min-w-0 break-all">{t('update.hostConfirm', { host })}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The consequence, what has to be confirmed, and the button. */
function ConfirmForm({ connectorKey, found, onUpdated, chosen }: ComparedPanelProps & { readonly chosen: ReadonlySet<string> }) {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const update = useUpdateConnector(connectorKey, found);
  const words = update.isError ? addWords(update.error, t, core.t) : null;
  const hosts = hostsNeeded(found.changes, chosen);
  const had = found.changes.operations.filter(({ kind, operation }) => (kind === 'same' || kind === 'changed') && !chosen.has(operation));
  const isTooMany = chosen.size > MOST_OPERATIONS;
  return (
    <form
      className="flex max-w-xl min-w-0 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ operations: [...chosen], hosts: hosts.filter((host) => confirmed.has(host)) }, { onSuccess: onUpdated });
      }}
    >
      {hosts.length > 0 ? <NewHosts hosts={hosts} confirmed={confirmed} onConfirm={setConfirmed} /> : null}
      {had.length > 0 ? <p className="text-text-2">{t('update.leftOut', { count: had.length })}</p> : null}
      {isTooMany ? <Notice tone="info" title={t('add.tooManyChosen', { most: MOST_OPERATIONS })} /> : null}
      {words ? (
        <Notice tone="bad" title={words.what}>
          {words.next}
        </Notice>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        busy={update.isPending}
        disabled={chosen.size === 0 || isTooMany || hosts.some((host) => !confirmed.has(host))}
        className="self-start"
      >
        {t('update.update', { version: found.version + 1 })}
      </Button>
    </form>
  );
}

/** What a newer description changes; what is taken of it becomes the next version. */
export function ComparedPanel({ connectorKey, found, onUpdated }: ComparedPanelProps) {
  const { t } = useTranslation('connectors');
  const { view, changes } = found;
  const kinds = new Map(changes.operations.map(({ operation, kind }) => [operation, kind]));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(view.actions.map(({ operation }) => operation).filter((operation) => kinds.get(operation) !== 'added')),
  );
  const markOf = (operation: string) => {
    const kind = kinds.get(operation);
    if (kind === 'added') return <Pill tone="accent">{t('update.mark.added')}</Pill>;
    return kind === 'changed' ? <Pill tone="warning">{t('update.mark.changed')}</Pill> : <Pill>{t('update.mark.same')}</Pill>;
  };
  return (
    <>
      <SheetSection title={t('update.different')} hint={t('update.differentHint')}>
        <ChangeList changes={changes} />
      </SheetSection>
      <SheetSection title={t('add.found')} hint={t('add.foundHint')}>
        <Facts view={view} />
      </SheetSection>
      <SheetSection title={t('add.choose')} hint={t('add.chooseHint')}>
        <OperationList actions={view.actions} choice={{ chosen, onChoose: setChosen }} markOf={markOf} />
      </SheetSection>
      <SheetSection title={t('update.confirm')} hint={t('update.confirmHint')}>
        <ConfirmForm connectorKey={connectorKey} found={found} onUpdated={onUpdated} chosen={chosen} />
      </SheetSection>
    </>
  );
}
