import { putLarge } from '../../apps/web/e2e/large.ts';
import { deliver, publishSketch, putSketch, runEnded, type SignedIn } from '../../packages/testing/src/index.ts';

/** Addresses of what the pictures show. */
export interface Shown {
  readonly leads: string;
  readonly large: string;
  readonly empty: string;
  readonly succeeded: string;
  readonly failed: string;
}

const LEADS = {
  nodes: [
    ['Website_form', 'core.webhook', { answer: 'now' }],
    ['Is_it_a_company', 'core.if', { conditions: [{ left: '{{ $json.body.email }}', operator: 'contains', right: '@acme' }] }],
    [
      'Tidy_the_lead',
      'core.editFields',
      {
        assignments: [
          { name: 'email', value: '{{ $json.body.email }}' },
          { name: 'source', value: 'website' },
        ],
      },
    ],
    ['For_each_contact', 'core.map'],
    ['Score', 'core.editFields', { assignments: [{ name: 'score', value: '{{ 10 }}' }] }, {}, 'For_each_contact'],
    ['Only_for_companies', 'core.stop', { message: 'The address belongs to no company.' }],
    ['Hand_over', 'core.noOp'],
  ],
  edges: [
    'Website_form -> Is_it_a_company',
    'Is_it_a_company:true -> Tidy_the_lead',
    'Is_it_a_company:false -> Only_for_companies',
    'Tidy_the_lead -> For_each_contact',
    'For_each_contact:each -> Score',
    'Score -> For_each_contact:collect',
    'For_each_contact -> Hand_over',
  ],
} as const;

/** Cards that do not lie in one row, with names in words, as a person would have them. */
async function arrange({ client }: SignedIn, workflowId: string): Promise<void> {
  const { document, revision } = await client.drafts.get({ workflowId });
  const places: Readonly<Record<string, readonly [number, number]>> = {
    'Website form': [0, 120],
    'Is it a company': [320, 120],
    'Tidy the lead': [680, 40],
    'Only for companies': [680, 320],
    'For each contact': [1000, 0],
    Score: [1150, 70],
    'Hand over': [1640, 40],
  };
  const nodes = document.nodes.map((node) => {
    const name = node.id.replaceAll('_', ' ');
    return { ...node, name, position: places[name] ?? node.position };
  });
  await client.drafts.put({ workflowId, revision, body: { ...document, nodes } as typeof document });
}

/** Fills a workspace: workflows of several sizes, runs that went well and that did not, a variable. */
export async function makeData(owner: SignedIn): Promise<Shown> {
  const name = 'Lead intake';
  const { id: leads } = await owner.client.workflows.create({ body: { name } });
  await putSketch(owner, { workflowId: leads, name }, LEADS);
  await arrange(owner, leads);
  const { endpoints } = await owner.client.workflows.publish({ workflowId: leads, body: {} });
  const url = endpoints[0]?.url ?? '';
  await publishSketch(owner, 'Weekly report for the whole sales team in Europe, Middle East and Africa', {
    nodes: [['Form', 'core.webhook', { answer: 'now' }]],
    edges: [],
  });
  const empty = await owner.client.workflows.create({ body: { name: 'Untitled workflow' } });
  const large = await putLarge(owner, 200);
  const good = await deliver(url, { email: 'jane@acme.com' });
  const bad = await deliver(url, { email: 'joe@example.org' });
  for (const runId of [good, bad]) await runEnded(owner, runId, 60_000);
  return { leads, large, empty: empty.id, succeeded: good, failed: bad };
}
