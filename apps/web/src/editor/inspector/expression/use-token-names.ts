import type { TokenNames } from '@millwright/expressions/browser';
import { useMemo } from 'react';
import { useDocument } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { usePreviewState } from '../preview-context.ts';

/** The names that chips show. Expressions hold ids, so a renamed step has its new name everywhere at once. */
export function useTokenNames(): TokenNames {
  const { t } = useTexts();
  const document = useDocument();
  const nodeId = usePreviewState()?.nodeId;
  const names = JSON.stringify([
    document.nodes.map(({ id, name }) => [id, name]),
    [...new Set(document.edges.filter((edge) => edge.to === nodeId).map((edge) => edge.from))],
  ]);
  return useMemo(() => {
    const [known, before] = JSON.parse(names) as [(readonly [string, string])[], string[]];
    const byId = new Map(known);
    const [only, ...others] = before;
    return {
      node: (idOrName) => byId.get(idOrName) ?? known.find(([, name]) => name === idOrName)?.[1],
      input: only === undefined || others.length > 0 ? undefined : byId.get(only),
      vars: t('expression.variable'),
      env: t('expression.environment'),
    };
  }, [names, t]);
}
