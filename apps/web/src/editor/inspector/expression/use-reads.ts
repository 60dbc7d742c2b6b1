import type { FieldReads } from '@millwright/expressions/browser';
import type { JsonObject } from '@millwright/core';
import { useEffect, useState } from 'react';
import { useNode } from '../../session-context.ts';

/** Whether a step's expressions read a field. @param nodeId of the step that gave the data; @param isDirect its items arrive as `$json` */
export type IsRead = (nodeId: string, isDirect: boolean, keys: readonly string[]) => boolean;

const never: IsRead = () => false;

/** Which data the expressions of a step read; nothing until that is known. */
export function useReads(nodeId: string): IsRead {
  const parameters = useNode(nodeId)?.parameters as JsonObject | undefined;
  const [found, setFound] = useState<{ readonly of: JsonObject; readonly isRead: IsRead } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (parameters !== undefined && JSON.stringify(parameters).includes('{{'))
      void import('@millwright/expressions/browser')
        .then(({ analyzeParameters, withParts }) => withParts(() => analyzeParameters(parameters)))
        .then(({ reads }) => {
          if (isCurrent) setFound({ of: parameters, isRead: readIn(reads) });
        });
    return () => {
      isCurrent = false;
    };
  }, [parameters]);
  return found !== null && found.of === parameters ? found.isRead : never;
}

/** A field is read by its own path, and by one above it: that reads everything below. */
function readIn(reads: readonly FieldReads[]): IsRead {
  return (nodeId, isDirect, keys) =>
    reads.some(
      ({ of, node, paths }) =>
        (of === 'node' ? node === nodeId : of === 'input' && isDirect) &&
        paths.some((path) => path.length > 0 && path.length <= keys.length && path.every((key, index) => key === keys[index])),
    );
}
