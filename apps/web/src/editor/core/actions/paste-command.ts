import { UserError } from '@millwright/core';
import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import type { CurlSecret } from '@millwright/workflow/curl';
import type { DraftChange } from '../document/changes.ts';
import { parametersOf } from '../graph/parameters.ts';
import { planInsertion } from '../graph/placement.ts';
import type { EditorSession } from '../session.ts';
import { showField } from '../state/interface-store.ts';

/** The step that a command becomes. */
const HTTP_STEP = 'http.request';

/** Whether a command may be pasted into a step. */
export function takesCommand(node: Pick<WorkflowNode, 'type'>): boolean {
  return node.type === HTTP_STEP;
}

/** A command as a step has it. */
interface ReadCommand {
  readonly parameters: WorkflowNode['parameters'];
  readonly secrets: readonly CurlSecret[];
  readonly host: string;
}

/** Reads a command; tells where it cannot be read, and gives null then. The reader is fetched when it is first needed. */
async function read(
  session: EditorSession,
  text: string,
  of: { readonly nodeId: string | null; readonly version: number },
): Promise<ReadCommand | null> {
  const curl = await import('@millwright/workflow/curl').catch(() => null);
  if (curl === null) {
    session.say({ key: 'say.pasteOffline', values: {} });
    return null;
  }
  try {
    const { request, secrets } = curl.takeSecrets(curl.readCurl(text));
    session.ui.setState({ pasteFault: null });
    const parameters = curl.httpParametersOf(request, of.version === 1 ? 1 : 2) as WorkflowNode['parameters'];
    return { parameters, secrets, host: new URL(request.url).hostname };
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const { line, column } = thrown.details ?? {};
    const message = thrown.message.replace(/ \(line \d+, column \d+\)$/, '');
    session.ui.setState({ pasteFault: { nodeId: of.nodeId, line: Number(line ?? 1), column: Number(column ?? 1), message } });
    return null;
  }
}

/** Secrets stay with the page, until they are connected or thrown away. */
function keepSecrets({ ui, say }: EditorSession, nodeId: string, { secrets, host }: ReadCommand): void {
  ui.setState({ pastedSecrets: secrets.length === 0 ? null : { nodeId, secrets, host } });
  say({ key: secrets.length === 0 ? 'say.commandPasted' : 'say.commandPastedSecret', values: {} });
}

function newest({ catalog }: EditorSession): NodeTypeInfo | undefined {
  return catalog
    .all()
    .filter(({ type }) => type === HTTP_STEP)
    .toSorted((a, b) => b.version - a.version)[0];
}

/** Puts a command onto the canvas as a filled step, where the pointer is or in the middle. One entry of the undo history. */
export async function pasteCommand(session: EditorSession, text: string): Promise<void> {
  const info = newest(session);
  if (info === undefined) return session.say({ key: 'say.pasteRefused', values: {} });
  const command = await read(session, text, { nodeId: null, version: info.version });
  if (command === null) return;
  const { camera, catalog, draft, ui } = session;
  const at = camera.current?.pointer() ?? camera.current?.center() ?? { x: 0, y: 0 };
  const { node, changes } = planInsertion(draft.document(), catalog, {
    info,
    name: session.titleOf(info),
    placement: { kind: 'free', at },
  });
  const filled = { ...node, parameters: command.parameters };
  draft.apply(
    changes.map((change): DraftChange => (change.kind === 'addNode' && change.node.id === node.id ? { ...change, node: filled } : change)),
  );
  camera.current?.reveal(node.id);
  showField(ui, node.id, '');
  keepSecrets(session, node.id, command);
}

/** Puts a command into a step: what it does not say goes back to its default. One entry of the undo history. */
export async function pasteCommandInto(session: EditorSession, node: WorkflowNode, text: string): Promise<void> {
  const command = await read(session, text, { nodeId: node.id, version: node.version });
  const info = session.catalog.get(node.type, node.version);
  if (command === null || info === undefined) return;
  const written = new Set(['method', 'url', 'query', 'headers', 'bodyType', 'body', 'contentType']);
  const keys = parametersOf(info)
    .map(({ key }) => key)
    .filter((key) => written.has(key));
  session.draft.apply(keys.map((key) => ({ kind: 'setParameter', nodeId: node.id, key, value: command.parameters[key] })));
  keepSecrets(session, node.id, command);
}
