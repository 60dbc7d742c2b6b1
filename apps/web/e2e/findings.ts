import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { eventually } from '@millwright/testing';

/** Runs in the page: nothing moves but spinners. */
const AT_REST = 'document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity)';

/** Findings of axe, whatever their impact; the size of targets is looked at too (WCAG 2.5.8). @param within a selector of the part to look at; the whole page without */
export async function findings(page: Page, within?: string): Promise<readonly string[]> {
  // Axe reads colours as they are painted: layers that still fade in would be called too pale.
  // Asked from outside: polling inside the page evaluates text, which its content policy forbids.
  await eventually(() => page.evaluate<boolean>(AT_REST));
  // The other way opens a second page for each look, which costs as much as the look: without frames both find the same.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ rules: { 'target-size': { enabled: true } } });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
