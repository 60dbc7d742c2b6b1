import { DOCUMENT_FORMAT, workflowDocumentSchema, type WorkflowDocumentInput } from '@millwright/workflow';
import type { Template } from './templates.ts';

/** Columns and rows of the drawing, in canvas pixels: multiples of 8, room for a card and its label in between. */
const COLUMN = 320;
const ROW = 176;

type NodeInput = NonNullable<WorkflowDocumentInput['nodes']>[number];

function placed(column: number, row: number, node: Omit<NodeInput, 'position' | 'version'>): NodeInput {
  return { ...node, version: 1, position: [80 + column * COLUMN, 80 + row * ROW] };
}

/** Who takes a lead: big companies go to the enterprise team, the rest by country. */
const OWNER =
  "{{ ($json.body.employees ?? 0) >= 250 ? 'Enterprise team' : ($json.body.country ?? '') === 'DE' ? 'Team Germany' : 'Team International' }}";

function assignments(): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'email', value: '{{ $json.body.email.trim().toLowerCase() }}' },
    { name: 'name', value: "{{ $json.body.name ?? '' }}" },
    { name: 'company', value: "{{ $json.body.company ?? '' }}" },
    { name: 'country', value: "{{ $json.body.country ?? '' }}" },
    { name: 'employees', value: '{{ $json.body.employees ?? 0 }}' },
    { name: 'owner', value: OWNER },
  ];
}

function nodes(publicUrl: string): NodeInput[] {
  const hasEmail = { left: "{{ $json.body.email ?? '' }}", operator: 'contains', right: '@' };
  const crm = { method: 'POST', url: `${publicUrl}/echo/crm`, bodyType: 'json', body: '{{ $json }}' };
  const thanks = {
    message: "Thank you. {{ $('route').first().json.owner }} will be in touch.",
    owner: "{{ $('route').first().json.owner }}",
  };
  const refusal = { error: 'An e-mail address is needed.' };
  return [
    placed(0, 0, { id: 'leadForm', name: 'Lead form', type: 'core.webhook', parameters: { answer: 'respond', methods: ['POST'] } }),
    placed(1, 0, { id: 'check', name: 'Has an e-mail address?', type: 'core.if', parameters: { combine: 'and', conditions: [hasEmail] } }),
    placed(2, 0, {
      id: 'route',
      name: 'Choose the team',
      type: 'core.editFields',
      parameters: { mode: 'assignments', assignments: [...assignments()], keepOther: false },
    }),
    placed(3, 0, { id: 'crm', name: 'Save in the CRM', type: 'http.request', parameters: crm }),
    placed(4, 0, {
      id: 'accept',
      name: 'Say thank you',
      type: 'core.respond',
      parameters: { status: 200, bodyType: 'json', body: thanks },
    }),
    placed(2, 1, {
      id: 'refuse',
      name: 'Ask for the address',
      type: 'core.respond',
      parameters: { status: 422, bodyType: 'json', body: refusal },
    }),
  ];
}

/** The sample workflow: a form's lead is checked, routed and handed to the built-in echo, which plays the CRM. Needs no account outside. */
export const leadIntake: Template = {
  key: 'lead-intake',
  title: 'Lead intake',
  description: 'A form sends a lead; it is checked, routed to a team, saved in the CRM, and answered.',
  build: ({ name, publicUrl }) =>
    workflowDocumentSchema.parse({
      format: DOCUMENT_FORMAT,
      name,
      nodes: nodes(publicUrl),
      edges: [
        { from: 'leadForm', to: 'check' },
        { from: 'check', output: 'true', to: 'route' },
        { from: 'check', output: 'false', to: 'refuse' },
        { from: 'route', to: 'crm' },
        { from: 'crm', to: 'accept' },
      ],
    } satisfies WorkflowDocumentInput),
};
