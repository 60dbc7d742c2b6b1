import { checkDocument } from '@millwright/engine/compile';
import { expect, it } from 'vitest';
import { testCatalog } from '../testing/test-catalog.ts';
import { proofDocument } from './proof-workflow.ts';

const document = proofDocument('Proof', 'http://mill:4400');

it('the workflow of a proof can be published as it is', () => {
  expect(checkDocument(document, testCatalog)).toEqual([]);
});

it('its write goes to the receiver of the proof, and is sent again where its answer is lost', () => {
  const send = document.nodes.find(({ id }) => id === 'send');
  expect(send?.parameters['url']).toBe('http://mill:4400/echo/proof/{{ $json.proof }}/{{ $json.effect }}');
  expect(send?.settings.onLostAnswer).toBe('resend');
});
