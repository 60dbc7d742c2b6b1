import type { EditorSession } from '../session.ts';
import { showField, showsMinimap } from '../state/interface-store.ts';
import type { UserAction } from './user-action.ts';

/** Problems that have a place in the graph. */
function placedProblems(session: EditorSession): readonly { readonly nodeId: string; readonly field: string }[] {
  return session
    .problems()
    .flatMap((problem) => (problem.nodeId === undefined ? [] : [{ nodeId: problem.nodeId, field: problem.field ?? '' }]));
}

function jumpToProblem(session: EditorSession, step: 1 | -1): void {
  const problems = placedProblems(session);
  const { wantedField, focusedNode } = session.ui.getState();
  const now = problems.findIndex(
    (problem) => problem.nodeId === focusedNode && (wantedField?.nodeId !== focusedNode || wantedField.field === problem.field),
  );
  const next = problems[(now + step + problems.length) % problems.length];
  if (!next) return;
  session.camera.current?.reveal(next.nodeId);
  showField(session.ui, next.nodeId, next.field);
}

const view = { group: 'view', scope: 'canvas', places: [], changesDraft: false, isEnabled: () => true } as const;
const page = { group: 'workflow', scope: 'editor', places: [], changesDraft: false, isEnabled: () => true } as const;

/** Camera, panels and what concerns the whole workflow. */
export const viewActions: readonly UserAction[] = [
  { ...view, id: 'zoomIn', icon: 'zoomIn', keys: ['+', '='], places: ['toolbar'], run: ({ camera }) => camera.current?.zoomBy(1.25) },
  { ...view, id: 'zoomOut', icon: 'zoomOut', keys: ['-'], places: ['toolbar'], run: ({ camera }) => camera.current?.zoomBy(0.8) },
  { ...view, id: 'zoomActual', icon: 'zoomActual', keys: ['0'], places: ['toolbar'], run: ({ camera }) => camera.current?.zoomTo(1) },
  { ...view, id: 'fitAll', icon: 'fitAll', keys: ['1'], places: ['toolbar', 'pane'], run: ({ camera }) => camera.current?.fitAll() },
  {
    ...view,
    id: 'fitSelection',
    icon: 'fitSelection',
    keys: ['2'],
    places: ['selection'],
    isEnabled: ({ ui }) => ui.getState().selectedNodes.size > 0,
    run: ({ camera, ui }) => camera.current?.fitNodes([...ui.getState().selectedNodes]),
  },
  {
    ...view,
    id: 'outline',
    icon: 'outline',
    keys: ['o'],
    places: ['toolbar'],
    run: ({ ui }) => ui.setState((state) => ({ leftPanel: state.leftPanel === 'outline' ? null : 'outline' })),
  },
  {
    ...view,
    id: 'minimap',
    icon: 'minimap',
    keys: ['m'],
    places: ['toolbar'],
    run: (session) => session.ui.setState({ isMinimapOpen: !showsMinimap(session.ui.getState(), session.draft.document()) }),
  },
  {
    ...view,
    id: 'useMouse',
    icon: 'mouse',
    keys: [],
    places: ['pane'],
    isEnabled: ({ ui }) => ui.getState().pointerFeel !== 'mouse',
    run: ({ ui }) => ui.setState({ pointerFeel: 'mouse' }),
  },
  {
    ...view,
    id: 'useTrackpad',
    icon: 'trackpad',
    keys: [],
    places: ['pane'],
    isEnabled: ({ ui }) => ui.getState().pointerFeel !== 'trackpad',
    run: ({ ui }) => ui.setState({ pointerFeel: 'trackpad' }),
  },
  { ...view, id: 'shortcuts', icon: 'shortcuts', keys: ['?'], places: ['toolbar'], run: ({ ui }) => ui.setState({ dialog: 'shortcuts' }) },
  { ...page, id: 'palette', icon: 'palette', keys: ['mod+k'], run: ({ ui }) => ui.setState({ dialog: 'palette' }) },
  {
    ...page,
    id: 'nextProblem',
    icon: 'next',
    keys: ['f8'],
    isEnabled: (session) => placedProblems(session).length > 0,
    run: (session) => jumpToProblem(session, 1),
  },
  {
    ...page,
    id: 'previousProblem',
    icon: 'previous',
    keys: ['shift+f8'],
    isEnabled: (session) => placedProblems(session).length > 0,
    run: (session) => jumpToProblem(session, -1),
  },
  {
    ...page,
    id: 'showProblems',
    icon: 'problems',
    keys: [],
    run: ({ ui }) => ui.setState((state) => ({ drawer: state.drawer === 'problems' ? null : 'problems' })),
  },
  {
    ...page,
    id: 'showRuns',
    icon: 'runs',
    keys: [],
    run: ({ ui }) => ui.setState((state) => ({ drawer: state.drawer === 'runs' ? null : 'runs' })),
  },
  { ...page, id: 'workflowSettings', icon: 'settings', keys: [], run: ({ ui }) => ui.setState({ dialog: 'settings' }) },
  { ...page, id: 'run', icon: 'run', keys: ['mod+shift+enter'], changesDraft: true, run: ({ requests }) => requests.startRun() },
  {
    ...page,
    id: 'publish',
    icon: 'publish',
    keys: ['shift+p'],
    scope: 'canvas',
    changesDraft: true,
    run: ({ ui }) => ui.setState({ dialog: 'publish' }),
  },
];
