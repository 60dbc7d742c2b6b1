import { asText, type FieldProps, hasExpression } from './field-props.ts';
import { TextField } from './simple-fields.tsx';
import { WorkflowSelect } from './workflow-select.tsx';

/** A workflow of this workspace, chosen by name; an expression where the type allows one. */
export function WorkflowField(props: FieldProps) {
  if (hasExpression(props.value)) return <TextField {...props} />;
  return (
    <WorkflowSelect
      value={asText(props.value)}
      control={{ id: props.id, 'aria-describedby': props.describedBy, 'aria-invalid': undefined }}
      onChange={(workflowId) => props.onCommit(workflowId === '' ? undefined : workflowId)}
    />
  );
}
