import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('a process with workers does not load what makes bundles', () => {
  const program = `
    await import('@millwright/temporal-worker');
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    const of = (name) => loaded.filter((file) => file.includes('/node_modules/' + name + '/')).length;
    process.stdout.write(JSON.stringify({ sdk: of('@temporalio/worker') > 0, webpack: of('webpack'), memfs: of('memfs'), swc: of('@swc/core') }));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual({ sdk: true, webpack: 0, memfs: 0, swc: 0 });
});
