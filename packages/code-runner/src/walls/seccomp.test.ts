import { describe, expect, it } from 'vitest';
import { seccompFilter } from './seccomp.ts';

interface Call {
  readonly arch: number;
  readonly number: number;
  readonly flags?: number;
}

/** Runs the program as the kernel would. */
function decide(filter: Buffer, { arch, number, flags = 0 }: Call): number {
  const data: Readonly<Record<number, number>> = { 0: number, 4: arch, 16: flags };
  let accumulator = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const code = filter.readUInt16LE(at * 8);
    const yes = filter.readUInt8(at * 8 + 2);
    const no = filter.readUInt8(at * 8 + 3);
    const value = filter.readUInt32LE(at * 8 + 4);
    if (code === 0x20) accumulator = data[value] ?? 0;
    else if (code === 0x15) at += accumulator === value ? yes : no;
    else if (code === 0x35) at += accumulator >= value ? yes : no;
    else if (code === 0x45) at += (accumulator & value) !== 0 ? yes : no;
    else if (code === 0x06) return value;
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('the program has no end');
}

const ALLOW = 0x7fff0000;
const REFUSED = 0x00050001;
const ABSENT = 0x00050026;
const KILL = 0x80000000;

const MACHINES = [
  {
    name: 'x64',
    arch: 0xc000003e,
    denied: {
      socket: 41,
      fork: 57,
      vfork: 58,
      ptrace: 101,
      mount: 165,
      bpf: 321,
      io_uring: 425,
      userfaultfd: 323,
      keyctl: 250,
      unshare: 272,
    },
    clone: 56,
    read: 0,
    execve: 59,
  },
  {
    name: 'arm64',
    arch: 0xc00000b7,
    denied: { socket: 198, ptrace: 117, mount: 40, bpf: 280, io_uring: 425, userfaultfd: 282, keyctl: 219, unshare: 97 },
    clone: 220,
    read: 63,
    execve: 221,
  },
];

describe.each(MACHINES)('the filter for $name', ({ name, arch, denied, clone, read, execve }) => {
  const filter = seccompFilter(name) ?? Buffer.alloc(0);

  it.each(Object.entries(denied))('A32: refuses %s', (_call, number) => {
    expect(decide(filter, { arch, number })).toBe(REFUSED);
  });

  it('A26: allows threads, and no processes', () => {
    expect(decide(filter, { arch, number: clone, flags: 0x003d0f00 })).toBe(ALLOW);
    expect(decide(filter, { arch, number: clone, flags: 17 })).toBe(REFUSED);
    // Its flags lie in memory where no filter can look: libraries fall back to clone when it is absent.
    expect(decide(filter, { arch, number: 435 })).toBe(ABSENT);
  });

  it('allows what every program needs', () => {
    for (const number of [read, execve]) expect(decide(filter, { arch, number })).toBe(ALLOW);
  });

  it('A32: ends a process that calls by the numbers of another interface', () => {
    expect(decide(filter, { arch: 0x40000003, number: 1 })).toBe(KILL);
    expect(decide(filter, { arch, number: 0x40000000 + 101 })).toBe(KILL);
  });
});

describe('a processor without a table', () => {
  it('has no filter, so the level is not L2', () => {
    expect(seccompFilter('riscv64')).toBeUndefined();
  });
});
