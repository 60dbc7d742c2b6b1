import type { EditorSession } from '../session.ts';
import { selectNodes } from '../state/interface-store.ts';
import { stepThrough } from '../state/comparison-store.ts';
import type { ChangeGroup } from '../graph/comparison.ts';
import type { UserAction } from './user-action.ts';

const page = { group: 'workflow', scope: 'editor', places: [], changesDraft: false } as const;

function hasChanges({ comparison }: EditorSession): boolean {
  return (comparison?.getState().comparison?.groups.length ?? 0) > 0;
}

/** Shows a change on the canvas, and in the table as the one that is looked at. */
export function showChange({ comparison, ui, camera }: EditorSession, group: ChangeGroup): void {
  comparison?.setState({ current: group.key });
  const id = group.node?.id ?? (group.key.startsWith('annotations/') ? group.key.slice('annotations/'.length) : null);
  selectNodes(ui, id === null ? [] : [id]);
  if (id !== null) camera.current?.reveal(id);
}

/** Shows the next or previous change of a comparison: on the canvas, in the table, and aloud. */
function goToChange(session: EditorSession, direction: 1 | -1): void {
  const group = session.comparison && stepThrough(session.comparison, direction);
  if (!group) return;
  showChange(session, group);
  const name = group.node?.name ?? '';
  session.say({ key: group.node ? `versions.say.${group.mark}` : `versions.say.${group.key.replace(/\/.*/, '')}`, values: { name } });
}

/** Versions of the workflow: naming one, looking at all, and the way through the changes between two. */
export const versionActions: readonly UserAction[] = [
  {
    ...page,
    id: 'versions',
    icon: 'versions',
    keys: [],
    isEnabled: ({ requests }) => requests.openVersions !== undefined,
    run: ({ requests }) => requests.openVersions?.(),
  },
  {
    ...page,
    id: 'nameVersion',
    icon: 'nameVersion',
    keys: ['mod+s'],
    changesDraft: true,
    isEnabled: () => true,
    run: ({ ui }) => ui.setState({ dialog: 'nameVersion' }),
  },
  { ...page, id: 'nextChange', icon: 'next', keys: ['f7'], isEnabled: hasChanges, run: (session) => goToChange(session, 1) },
  { ...page, id: 'previousChange', icon: 'previous', keys: ['shift+f7'], isEnabled: hasChanges, run: (session) => goToChange(session, -1) },
];
