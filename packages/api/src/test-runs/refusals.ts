import { UserError } from '@millwright/core';
import type { Problem } from '@millwright/workflow';
import { PROBLEMS_DETAIL } from '../problems.ts';

function unprocessable(code: string, message: string, hint: string): UserError {
  return new UserError('unprocessable', { code, message, hint });
}

/** Why a part of a draft is not run. */
export const refuse = {
  nodeUnknown: (nodeId: string): UserError =>
    unprocessable(
      'test_node_unknown',
      `The draft has no step "${nodeId}" that can run.`,
      'Choose a step of the draft whose type is installed.',
    ),
  nodeMissing: (mode: string): UserError =>
    unprocessable('test_node_missing', `"${mode}" needs a step.`, 'Say in "nodeId" which step is meant.'),
  noTrigger: (): UserError =>
    unprocessable('test_trigger_missing', 'Nothing starts this workflow.', 'Add a trigger, or run a single step.'),
  manyTriggers: (names: readonly string[]): UserError =>
    unprocessable(
      'test_trigger_ambiguous',
      `There are several triggers: ${names.map((name) => `"${name}"`).join(', ')}.`,
      'Say in "nodeId" at which one the run begins.',
    ),
  inputMissing: (name: string, before: string): UserError =>
    unprocessable(
      'test_input_missing',
      `"${before}", which comes before "${name}", has no result that fits the draft as it is now, and no sample data.`,
      `Run the workflow up to "${before}" first, pin sample data to it, or give an input.`,
    ),
  inputEmpty: (name: string): UserError =>
    unprocessable(
      'test_input_missing',
      `No item reaches "${name}": the steps before it gave none.`,
      'Pin sample data to a step before it, or give an input.',
    ),
  invalid: (problems: readonly Problem[]): UserError => {
    const count = problems.filter(({ level }) => level === 'error').length;
    return new UserError('unprocessable', {
      code: 'graph_invalid',
      message: count === 1 ? 'One problem keeps this part from running.' : `${count} problems keep this part from running.`,
      hint: 'Each problem names its node and field. Other parts of the draft may be unfinished.',
      details: { [PROBLEMS_DETAIL]: problems },
    });
  },
};
