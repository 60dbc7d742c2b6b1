import { ApplicationFailure, DefaultFailureConverter, type FailureConverter, type PayloadConverter } from '@temporalio/common';
import { currentWorkspace } from './payload-converter.ts';

const converter = new DefaultFailureConverter({ encodeCommonAttributes: true });
const plain = new DefaultFailureConverter();

/** Messages and stacks go through the codec. Before the run's workspace is known there is no key: then they stay here. */
export const failureConverter: FailureConverter = {
  errorToFailure(failure: unknown, payloads: PayloadConverter) {
    if (currentWorkspace() !== undefined) return converter.errorToFailure(failure, payloads);
    return plain.errorToFailure(ApplicationFailure.retryable('withheld: see the log of the worker'), payloads);
  },
  failureToError: (failure, payloads) => converter.failureToError(failure, payloads),
};
