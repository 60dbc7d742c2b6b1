import { workspaceOf } from '@millwright/temporal-protocol';
import { ApplicationFailure, DefaultFailureConverter, type FailureConverter, type PayloadConverter } from '@temporalio/common';
import { payloadConverter } from './payload-converter.ts';

const plain = new DefaultFailureConverter();

/** The encoded attributes of a failure, with the workspace beside them. */
function taggedBy(workspaceId: string): PayloadConverter {
  return {
    ...payloadConverter,
    toPayload: (value) => payloadConverter.toPayload(workspaceOf(value) === undefined ? { ...value, workspaceId } : value),
  };
}

/** The workspace that a failure names in its details: `temporal/activities` puts it there. */
function workspaceOfFailure(failure: unknown): string | undefined {
  return failure instanceof ApplicationFailure ? workspaceOf(failure.details?.[0]) : undefined;
}

/** Messages and stacks go through the codec; those of a failure without a workspace have no key and stay in this process. */
class WorkspaceFailureConverter extends DefaultFailureConverter implements FailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true });
  }

  override errorToFailure(failure: unknown, payloads: PayloadConverter): ReturnType<DefaultFailureConverter['errorToFailure']> {
    const workspaceId = workspaceOfFailure(failure);
    if (workspaceId !== undefined) return super.errorToFailure(failure, taggedBy(workspaceId));
    const type = failure instanceof Error ? failure.name : 'Error';
    const nonRetryable = failure instanceof ApplicationFailure && failure.nonRetryable === true;
    return plain.errorToFailure(
      ApplicationFailure.create({ message: 'withheld: see the log of the worker', type, nonRetryable }),
      payloads,
    );
  }
}

/** What `@temporalio/*` loads by path. */
export const failureConverter: FailureConverter = new WorkspaceFailureConverter();
