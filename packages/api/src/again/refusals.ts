import type { ResumePreview } from '@millwright/contracts';
import { UserError } from '@millwright/core';

type Named = readonly { readonly name: string; readonly why: string }[];

const WHY: Readonly<Record<ResumePreview['blocked'][number]['why'], string>> = {
  removed: 'is not in this version any more',
  answerNotKept: 'was done, but its answer was not kept',
  inputNotKept: 'started the run, but its input was not kept',
};

function names(nodes: Named): string {
  const shown = nodes.slice(0, 5).map(({ name }) => `"${name}"`);
  return shown.join(', ') + (nodes.length > shown.length ? ` and ${nodes.length - shown.length} more` : '');
}

/** Why a run is not gone on with, or repeated. */
export const refuse = {
  notFailed: (status: string): UserError =>
    new UserError('conflict', {
      code: 'run_not_failed',
      message: `Only a run that failed or was canceled can be resumed; this one is ${status}.`,
      hint: 'Run it again from the start instead, or cancel it first.',
    }),
  test: (): UserError =>
    new UserError('conflict', {
      code: 'run_is_test',
      message: 'This run tested a part of a draft.',
      hint: 'Start another test from the editor.',
    }),
  /** @param by the run that goes on with it */
  resumed: (by: string): UserError =>
    new UserError('conflict', {
      code: 'already_resumed',
      message: `This run is gone on with by ${by}.`,
      hint: 'Look at that run. If it failed too, resume that one: it knows what both have done.',
    }),
  asks: (changed: ResumePreview['changed']): UserError =>
    new UserError('conflict', {
      code: 'resume_asks',
      message: `Done already, and may be something else now: ${names(changed)}.`,
      hint: 'Say in "onChanged" whether what is different now is sent again under a new key (resend), or left as it was (skip).',
    }),
  blocked: (blocked: ResumePreview['blocked']): UserError => {
    const [first] = blocked;
    return new UserError('unprocessable', {
      code: 'resume_blocked',
      message: `${names(blocked)}: ${first === undefined ? '' : WHY[first.why]}.`,
      hint: 'Resume with the version that ran, give an input, or run it again from the start.',
    });
  },
  notPublished: (): UserError =>
    new UserError('conflict', {
      code: 'not_published',
      message: 'This workflow is not published.',
      hint: 'Publish it, or take the version that ran.',
    }),
  archived: (): UserError =>
    new UserError('conflict', {
      code: 'not_published',
      message: 'This workflow is archived.',
      hint: 'Nothing of it is started any more. Make a new workflow from it if you still need it.',
    }),
  triggerRemoved: (): UserError =>
    new UserError('unprocessable', {
      code: 'trigger_removed',
      message: 'The trigger that started the run is not in this version any more.',
      hint: 'Take the version that ran.',
    }),
  inputNotKept: (): UserError =>
    new UserError('unprocessable', {
      code: 'input_not_kept',
      message: 'The input of the run was not kept.',
      hint: 'Give one, or let the workflow save the data of its runs.',
    }),
};

/**
 * Whether a workflow may be started once more, whichever version of it.
 * @param workflow null when it was removed
 * @throws UserError `not_published`
 */
export function refuseArchived(workflow: { readonly archived: boolean } | null): void {
  if (workflow === null || workflow.archived) throw refuse.archived();
}
