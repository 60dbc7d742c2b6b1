import { annotationActions } from './arrange/annotation-actions.ts';
import { arrangeActions } from './arrange/arrange-actions.ts';
import { edgeActions } from './edge-actions.ts';
import { editActions } from './edit-actions.ts';
import { stepActions } from './step-actions.ts';
import { structureActions } from './structure-actions.ts';
import type { ActionPlace, UserAction } from './user-action.ts';
import { versionActions } from './version-actions.ts';
import { viewActions } from './view-actions.ts';

/** Every user action of the editor. */
export const userActions: readonly UserAction[] = [
  ...stepActions,
  ...structureActions,
  ...edgeActions,
  ...editActions,
  ...arrangeActions,
  ...annotationActions,
  ...viewActions,
  ...versionActions,
];

const byId: ReadonlyMap<string, UserAction> = new Map(userActions.map((action) => [action.id, action]));

/** An action by its id; undefined for an id that does not exist. */
export function findAction(id: string): UserAction | undefined {
  return byId.get(id);
}

/** The actions that a place offers, in the order of the registry. */
export function actionsFor(place: ActionPlace): readonly UserAction[] {
  return userActions.filter((action) => action.places.includes(place));
}
