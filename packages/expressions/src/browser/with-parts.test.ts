import { describe, expect, it, vi } from 'vitest';
import type { Profile } from './index.ts';

// As in a page that was just opened: other tests in this process may have loaded the parts.
vi.resetModules();
const { PartMissing } = await import('../parts/parts.ts');
const { compileTemplate, completions, createScope, diagnose, withParts } = await import('./index.ts');

const scope = createScope({ items: [{ json: { text: 'a1b2' } }], nowMs: 0 });

function valueOf(source: string, profile: Profile = 'millwright'): unknown {
  return compileTemplate(source, { profile }).evaluate(scope);
}

// In this order: a part that was loaded stays.
describe("the browser's entry", () => {
  it('evaluates what needs no further part at once', () => {
    expect(valueOf("{{ $json.text.toUpperCase() + [1, 2].map(x => x + 1).join('-') }}")).toBe('A1B22-3');
  });
  it.each(['millwright', 'n8n'] as const)('lets no expression catch that a part is missing, in the profile %s', (profile) => {
    expect(() => valueOf('{{ (() => { try { return /b/.test($json.text) } catch (e) { return 1 } finally { } })() }}', profile)).toThrow(
      PartMissing,
    );
    expect(() => valueOf("{{ (() => { try { return $json.text.hash('md5') } catch (e) { return 1 } })() }}", profile)).toThrow(PartMissing);
    expect(() => valueOf("a {{ $json.text.match('b') }}", profile)).toThrow(PartMissing);
    expect(() => diagnose('{{ /b/ }}')).toThrow(PartMissing);
    expect(() => valueOf('{{ (() => { try { return $now } catch (e) { return 1 } })() }}', profile)).toThrow(PartMissing);
    expect(() => valueOf("{{ '2026-11-21'.toDateTime() }}", profile)).toThrow(PartMissing);
    expect(() => diagnose('{{ DateTime.now() }}')).toThrow(PartMissing);
  });
  it('loads each part when an expression needs it, and does the work again', async () => {
    expect(
      await withParts(() => valueOf("{{ $json.text.replace(/[0-9]/g, '-') + 'a'.hash('md5') + $jmespath({ a: [1] }, 'a[0]') }}")),
    ).toBe('a-b-0cc175b9c0f1b6a831c399e2697726611');
    expect(await withParts(() => diagnose('{{ /b/ }}'))).toEqual([]);
    expect(valueOf('{{ $json.text.match(/b(.)/)[1] }}')).toBe('2');
  });
  it('loads dates with the first of them, and tells who waits; from then on they are there', async () => {
    const told: string[] = [];
    const dated = (source: string) =>
      withParts(
        () => valueOf(source),
        () => told.push(source),
      );
    expect(await dated('{{ $json.text + 1 }}')).toBe('a1b21');
    expect(await dated('{{ $json.text ?? $now }}')).toBe('a1b2');
    expect(told).toEqual([]);
    expect(await dated('{{ $now.plus({ days: 1 }).toISO() }}')).toBe('1970-01-02T00:00:00.000Z');
    expect(told).toEqual(['{{ $now.plus({ days: 1 }).toISO() }}']);
    expect(await dated("{{ new Date('2026-11-21') - DateTime.fromISO('2026-11-20') }}")).toBe(86_400_000);
    expect(valueOf("{{ '2026-11-21'.toDateTime().weekdayLong }}")).toBe('Saturday');
    expect(completions('{{ $now.weekd', 13, scope).map(({ label }) => label)).toContain('weekdayLong');
    expect(told).toHaveLength(1);
  });
  it('passes on every other error, and gives what the work gives', async () => {
    await expect(withParts(() => valueOf('{{ nope }}'))).rejects.toThrow('nope');
    const found = await withParts(() => completions('{{ $json.te', 11, scope));
    expect(found.map(({ label }) => label)).toContain('text');
  });
});
