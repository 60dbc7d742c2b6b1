import type { Page } from 'playwright-core';
import type { Edge } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';

/** What became of the lines between steps that are in view. */
export interface LineEnds {
  /** Lines of which both steps are wholly in view. */
  readonly inView: number;
  /** Keys of those that are not drawn at one of their ends. */
  readonly withoutEnd: readonly string[];
}

/** How far from its port a line is looked for, px: beyond the port's dot. */
const BEYOND_PORT = 12;

interface Probe {
  readonly key: string;
  /** Points near both ends, px of the window; empty where there is no line. */
  readonly at: readonly (readonly [number, number])[];
}

/** Runs in the page: where the lines of these keys should be seen. */
function findProbes(keys: readonly (readonly [string, string, string])[]): string {
  return `(() => {
    const canvas = document.querySelector('[data-canvas]').getBoundingClientRect();
    const isIn = (id) => {
      const box = document.querySelector('.react-flow__node[data-id="' + id + '"]')?.getBoundingClientRect();
      return box && box.left > canvas.left && box.right < canvas.right - 40 && box.top > canvas.top && box.bottom < canvas.bottom - 70;
    };
    return ${JSON.stringify(keys)}.filter(([, from, to]) => isIn(from) && isIn(to)).map(([key]) => {
      const path = [...document.querySelectorAll('.react-flow__edge')].find((edge) => edge.dataset.id === key)?.querySelector('.mw-edge-line');
      if (!path) return { key, at: [] };
      const matrix = path.getScreenCTM();
      const far = ${BEYOND_PORT} / matrix.a;
      const at = [far, path.getTotalLength() - far].map((length) => path.getPointAtLength(length).matrixTransform(matrix));
      return { key, at: at.map(({ x, y }) => [x, y]) };
    });
  })()`;
}

/** Runs in a page of its own, which has no content policy: whether the picture has something other than the ground around each point. */
const LOOK = `async ({ picture, points, ground }) => {
  const bytes = Uint8Array.from(atob(picture), (character) => character.codePointAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
  drawing.drawImage(image, 0, 0);
  const colorAt = (x, y) => [...drawing.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3);
  const base = colorAt(...ground);
  const differs = (color) => color.some((part, index) => Math.abs(part - base[index]) > 24);
  const around = [-1, 0, 1];
  return points.map(([x, y]) => around.some((dx) => around.some((dy) => differs(colorAt(x + dx, y + dy)))));
}`;

/** Looks at the pixels where lines leave and arrive. @param edges all lines of the workflow */
export async function endsOfLines(page: Page, edges: readonly Edge[]): Promise<LineEnds> {
  const probes = await page.evaluate<readonly Probe[]>(findProbes(edges.map((edge) => [edgeKey(edge), edge.from, edge.to])));
  const picture = (await page.screenshot()).toString('base64');
  const looker = await page.context().newPage();
  const points = probes.flatMap(({ at }) => at);
  // Just inside the canvas' upper left corner nothing is drawn.
  const ground = await page.evaluate<readonly [number, number]>(`(() => {
    const { left, top } = document.querySelector('[data-canvas]').getBoundingClientRect();
    return [left + 3, top + 3];
  })()`);
  const seen = await looker.evaluate<readonly boolean[]>(`(${LOOK})(${JSON.stringify({ picture, points, ground })})`);
  await looker.close();
  const isSeen = new Map(points.map((point, index) => [point, seen[index] === true]));
  return {
    inView: probes.length,
    withoutEnd: probes.filter(({ at }) => at.length !== 2 || !at.every((point) => isSeen.get(point))).map(({ key }) => key),
  };
}
