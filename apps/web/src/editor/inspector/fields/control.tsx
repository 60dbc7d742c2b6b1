import { unreachable } from '@millwright/core';
import { ProgramField } from '../program/program-field.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { DateTimeField } from './date-time-field.tsx';
import { DurationField } from './duration-field.tsx';
import type { FieldProps } from './field-props.ts';
import { JsonField } from './json-field.tsx';
import { ManyOptionsField } from './many-options-field.tsx';
import { AssignmentsField, KeyValueField } from './pair-fields.tsx';
import { RecordsField } from './records-field.tsx';
import { NumberField, OptionsField, SwitchField, TextField } from './simple-fields.tsx';
import { WorkflowField } from './workflow-field.tsx';

/** The control of one parameter, as its hints or its schema ask for. */
export function Control(props: FieldProps) {
  const { control } = props.spec;
  switch (control) {
    case 'text':
    case 'multiline':
    case 'url':
      return <TextField {...props} />;
    case 'number':
      return <NumberField {...props} />;
    case 'switch':
      return <SwitchField {...props} />;
    case 'options':
      return props.spec.isMultiple ? <ManyOptionsField {...props} /> : <OptionsField {...props} />;
    case 'json':
      return <JsonField {...props} />;
    case 'keyValue':
      return <KeyValueField {...props} />;
    case 'assignments':
      return <AssignmentsField {...props} />;
    case 'conditions':
      return <ConditionsField {...props} />;
    case 'duration':
      return <DurationField {...props} />;
    case 'dateTime':
      return <DateTimeField {...props} />;
    case 'records':
    case 'inputFields':
      return <RecordsField {...props} render={(inner) => <Control {...inner} />} />;
    case 'code':
      return <ProgramField {...props} />;
    case 'workflow':
      return <WorkflowField {...props} />;
    default:
      return unreachable(control);
  }
}
