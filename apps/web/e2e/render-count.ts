import type { Page } from 'playwright-core';

/**
 * Runs before the app: listens where developer tools would, and counts how often cards are drawn by React. Nothing of it is in the
 * app; a card is told by its props, since names do not survive a production build.
 */
const COUNT_RENDERS = `(() => {
  const PERFORMED_WORK = 1;
  const drawn = [];
  window.drawnCards = drawn;
  const isCard = (props) => typeof props?.nodeId === 'string' && typeof props.isSelected === 'boolean';
  const visit = (fiber, before) => {
    if (fiber === before) return;
    if (isCard(fiber.memoizedProps) && (before === null || (fiber.flags & PERFORMED_WORK) !== 0)) drawn.push(fiber.memoizedProps.nodeId);
    if (before !== null && fiber.child === before.child) return;
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child, child.alternate);
  };
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    renderers: new Map(),
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: (_id, root) => visit(root.current, root.current.alternate),
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
    checkDCE: () => undefined,
  };
})()`;

/** Counts from the next page on how often cards are drawn. @returns the ids of the steps whose cards were drawn since the last call, in order */
export async function countRenders(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(COUNT_RENDERS);
  return () => page.evaluate<string[]>('window.drawnCards.splice(0)');
}
