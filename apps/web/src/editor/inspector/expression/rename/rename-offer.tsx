import { useEffect, useState } from 'react';
import { useDocument, useEditor } from '../../../session-context.ts';
import { useTexts } from '../../../texts.ts';
import type { FieldRenamePlan } from './plan-field-rename.ts';

interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** The one name that differs, where all others are what they were. */
function renamedOf(before: readonly string[], now: readonly string[]): Renamed | null {
  if (before.length !== now.length) return null;
  const [at, ...others] = now.flatMap((name, index) => (name === before[index] ? [] : [index]));
  if (at === undefined || others.length > 0) return null;
  const [from = '', to = ''] = [before[at], now[at]];
  return from === '' || to === '' || now.includes(from) || before.includes(to) ? null : { from, to };
}

/** Under the fields of a step that sets some: when one gets another name, offers to rename it where later steps read it. */
export function RenameOffer({ nodeId, names }: { readonly nodeId: string; readonly names: readonly string[] }) {
  const { draft, isReadOnly } = useEditor();
  const { t } = useTexts();
  const document = useDocument();
  const [before, setBefore] = useState(names);
  const [planned, setPlanned] = useState<(Renamed & { readonly plan: FieldRenamePlan }) | null>(null);
  const renamed = renamedOf(before, names);
  const { from, to } = renamed ?? { from: '', to: '' };
  // A row that came, went or moved is no rename: from here on it counts anew.
  if (renamed === null && (before.length !== names.length || !before.every((name, index) => name === names[index]))) {
    if (before.length !== names.length || before.every((name) => names.includes(name)) || before.includes('')) setBefore(names);
  }
  useEffect(() => {
    let isCurrent = true;
    if (from !== '')
      void import('./plan-field-rename.ts').then(({ planFieldRename }) => {
        if (isCurrent) setPlanned({ from, to, plan: planFieldRename(document, nodeId, { from, to }) });
      });
    return () => {
      isCurrent = false;
    };
  }, [document, nodeId, from, to]);
  const plan = planned?.from === from && planned.to === to ? planned.plan : null;
  if (isReadOnly || renamed === null || plan === null || plan.count === 0) return null;
  return (
    <p role="status" className="flex flex-wrap items-baseline gap-x-2 text-secondary text-text-2">
      <span>{t('expression.stillReads', { count: plan.count, name: from })}</span>
      <button
        type="button"
        onClick={() => {
          draft.apply(plan.changes);
          setBefore(names);
        }}
        className="rounded-control text-accent underline underline-offset-2 pointer-coarse:min-h-11"
      >
        {t('expression.renameThere', { name: to })}
      </button>
    </p>
  );
}
