import type { DocumentChange } from '@millwright/workflow/difference';
import { changePath } from '@millwright/workflow/difference';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { connectionsQuery } from '../../screens/connections/connection-queries.ts';
import { Button } from '../../ui/controls/button.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { MarkSign } from '../canvas/marks/mark-sign.tsx';
import { showChange } from '../core/actions/version-actions.ts';
import type { ChangeGroup, Comparison } from '../core/graph/comparison.ts';
import type { ComparisonStore } from '../core/state/comparison-store.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { changeWords, type ChangeWords, type Naming } from './change-words.ts';
import { ValueCell } from './value-cell.tsx';

/** Rows that are drawn before somebody asks for more. */
const MORE = 200;

interface ChangeRow extends ChangeWords {
  readonly path: string;
  readonly group: ChangeGroup;
}

function useNaming(comparison: Comparison): Naming {
  const texts = useTexts();
  const { catalog } = useEditor();
  const { data } = useQuery(connectionsQuery);
  const connections = useMemo(() => new Map((data?.items ?? []).map(({ id, name }) => [id, name])), [data]);
  const nodes = useMemo(() => new Map(comparison.union.nodes.map((node) => [node.id, node])), [comparison]);
  return { texts, catalog, nodes, connections };
}

/** What stands over the rows of one place: its sign, its name, and the way to it on the canvas. */
function GroupTitle({ group, store }: { readonly group: ChangeGroup; readonly store: ComparisonStore }) {
  const session = useEditor();
  const { t, say } = useTexts();
  const isCurrent = useStore(store, (state) => state.current === group.key);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <button
      ref={button}
      type="button"
      aria-current={isCurrent || undefined}
      className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-control px-1 text-left hover:bg-raised aria-[current]:bg-accent/10 pointer-coarse:min-h-11"
      onClick={() => showChange(session, group)}
    >
      <MarkSign mark={group.mark} />
      <span className="truncate">{group.node?.name ?? say(`versions.place.${group.key.replace(/\/.*/, '')}`)}</span>
      <span className="font-normal text-text-2">{t(`versions.mark.${group.mark}`)}</span>
    </button>
  );
}

function useColumns(): readonly Column<ChangeRow>[] {
  const { t } = useTexts();
  return [
    { key: 'field', header: t('versions.field'), width: '24%', narrow: 'main', cell: (row) => <span title={row.field}>{row.field}</span> },
    { key: 'before', header: t('versions.old'), cell: (row) => <ValueCell before={row.before} after={row.after} side="before" /> },
    { key: 'after', header: t('versions.new'), cell: (row) => <ValueCell before={row.before} after={row.after} side="after" /> },
  ];
}

function rowsOf(groups: readonly ChangeGroup[], naming: Naming): readonly ChangeRow[] {
  const row =
    (group: ChangeGroup) =>
    (change: DocumentChange): ChangeRow => ({ path: changePath(change), group, ...changeWords(change, naming) });
  return groups.flatMap((group) => group.changes.map(row(group)));
}

/** Every change with both values, in the order of the canvas: what the canvas shows, for everybody. */
export function ChangeTable({ comparison, store }: { readonly comparison: Comparison; readonly store: ComparisonStore }) {
  const { t } = useTexts();
  const naming = useNaming(comparison);
  const columns = useColumns();
  const [limit, setLimit] = useState(MORE);
  // The way through the changes may lead beyond what is drawn.
  const current = useStore(store, (state) => state.current);
  const rows = rowsOf(comparison.groups, naming);
  const wanted = rows.findLastIndex((row) => row.group.key === current) + 1;
  const shown = rows.slice(0, Math.max(limit, wanted));
  if (rows.length === 0) return <p className="p-4 text-body text-text-2">{t('versions.same')}</p>;
  return (
    <>
      <Table
        label={t('versions.table')}
        columns={columns}
        rows={shown}
        rowKey={(row) => row.path}
        groupOf={(row) => ({ key: row.group.key, title: <GroupTitle group={row.group} store={store} /> })}
      />
      {shown.length < rows.length ? (
        <div className="flex justify-center p-2">
          <Button variant="quiet" onClick={() => setLimit(shown.length + MORE)}>
            {t('versions.moreRows', { count: rows.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
