import { z } from '@millwright/node-sdk';
import { note, recordId, text } from '../fields.ts';
import { createOf, getOf, searchOf, updateOf, type RecordKind } from './records.ts';

const stage = (of: 'deal' | 'ticket') =>
  z
    .string()
    .min(1)
    .max(100)
    .meta({ title: 'Stage', description: `Internal name of a stage of the ${of}'s pipeline.` });
const pipeline = (of: 'deal' | 'ticket') =>
  z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ title: 'Pipeline', field: { load: { options: `${of}Pipelines` } } });
const owner = recordId('Owner')
  .optional()
  .meta({ title: 'Owner', field: { load: { options: 'owners' } } });

const companyFacts = {
  name: text('Name'),
  domain: text('Domain', 250)
    .optional()
    .meta({ title: 'Domain', field: { placeholder: 'example.com' } }),
  phone: text('Phone', 60).optional(),
  city: text('City').optional(),
  hubspot_owner_id: owner,
};
const company: RecordKind = {
  path: 'companies',
  one: 'company',
  aliases: ['organisation', 'crm', 'firma'],
  changedAt: 'hs_lastmodifieddate',
  facts: companyFacts,
  sample: { domain: 'example.com', name: 'Example' },
};

export const companyCreate = createOf(company);
export const companyUpdate = updateOf(company);
export const companyGet = getOf(company);
export const companySearch = searchOf(company);

const dealFacts = {
  dealname: text('Name'),
  dealstage: stage('deal'),
  pipeline: pipeline('deal'),
  amount: z
    .number()
    .optional()
    .meta({ title: 'Amount', description: "In the account's currency.", field: { control: 'number' } }),
  closedate: text('Close date', 40)
    .optional()
    .meta({ title: 'Close date', field: { control: 'dateTime' } }),
  hubspot_owner_id: owner,
};
const deal: RecordKind = {
  path: 'deals',
  one: 'deal',
  aliases: ['opportunity', 'sales', 'crm', 'geschäft'],
  changedAt: 'hs_lastmodifieddate',
  facts: dealFacts,
  sample: { dealname: 'New website', dealstage: 'appointmentscheduled' },
};

export const dealCreate = createOf(deal);
export const dealUpdate = updateOf(deal);
export const dealGet = getOf(deal);
export const dealSearch = searchOf(deal);

const ticketFacts = {
  subject: text('Subject'),
  content: note('Text').optional(),
  hs_pipeline_stage: stage('ticket'),
  hs_pipeline: pipeline('ticket'),
  hubspot_owner_id: owner,
};

export const ticketCreate = createOf({
  path: 'tickets',
  one: 'ticket',
  aliases: ['support', 'anfrage'],
  changedAt: 'hs_lastmodifieddate',
  facts: ticketFacts,
  sample: { subject: 'It does not start', hs_pipeline_stage: '1' },
});
