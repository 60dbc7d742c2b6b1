/**
 * A seccomp filter for bubblewrap (`--seccomp`), as the BPF program that the kernel takes.
 * @see linux/filter.h, linux/seccomp.h, and the syscall tables of x86-64 and arm64
 */

const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
const JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const JUMP_SET = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const JUMP_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const errno = (number: number): number => 0x00050000 | number;
const EPERM = 1;
const ENOSYS = 38;

const NUMBER_AT = 0;
const ARCH_AT = 4;
const FIRST_ARGUMENT_AT = 16;
const CLONE_THREAD = 0x00010000;
/** Numbers of the x32 interface, which would go round the table. */
const X32 = 0x40000000;

interface Machine {
  readonly arch: number;
  readonly clone: number;
  readonly clone3: number;
  readonly denied: readonly number[];
}

const X64: Machine = {
  arch: 0xc000003e,
  clone: 56,
  clone3: 435,
  // socket socketpair fork vfork ptrace · mount umount2 pivot_root chroot unshare setns · open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
  // bpf io_uring×3 userfaultfd keyctl add_key request_key perf_event_open · kexec×2 modules×3 reboot swap×2 acct settime · process_vm×2 kcmp
  denied: [
    41, 53, 57, 58, 101, 165, 166, 155, 161, 272, 308, 428, 429, 430, 431, 432, 433, 442, 321, 425, 426, 427, 323, 250, 248, 249, 298, 246,
    320, 175, 176, 313, 169, 167, 168, 163, 164, 227, 310, 311, 312, 304, 303, 438, 434,
  ],
};

const ARM64: Machine = {
  arch: 0xc00000b7,
  clone: 220,
  clone3: 435,
  // The same calls; fork and vfork do not exist there.
  denied: [
    198, 199, 117, 40, 39, 41, 51, 97, 268, 428, 429, 430, 431, 432, 433, 442, 280, 425, 426, 427, 282, 219, 217, 218, 241, 104, 294, 105,
    106, 273, 142, 224, 225, 89, 170, 112, 270, 271, 272, 265, 264, 438, 434,
  ],
};

interface Instruction {
  readonly code: number;
  readonly yes?: number;
  readonly no?: number;
  readonly value: number;
}

/** New processes are refused, threads are not: `clone` needs CLONE_THREAD, and `clone3`, whose flags lie in memory, looks absent. */
function cloneRules(machine: Machine): readonly Instruction[] {
  return [
    { code: JUMP_EQUAL, yes: 0, no: 1, value: machine.clone3 },
    { code: RETURN, value: errno(ENOSYS) },
    { code: JUMP_EQUAL, yes: 0, no: 4, value: machine.clone },
    { code: LOAD, value: FIRST_ARGUMENT_AT },
    { code: JUMP_SET, yes: 1, no: 0, value: CLONE_THREAD },
    { code: RETURN, value: errno(EPERM) },
    { code: RETURN, value: ALLOW },
  ];
}

function program(machine: Machine): readonly Instruction[] {
  return [
    { code: LOAD, value: ARCH_AT },
    { code: JUMP_EQUAL, yes: 1, no: 0, value: machine.arch },
    { code: RETURN, value: KILL_PROCESS },
    { code: LOAD, value: NUMBER_AT },
    { code: JUMP_AT_LEAST, yes: 0, no: 1, value: X32 },
    { code: RETURN, value: KILL_PROCESS },
    ...machine.denied.flatMap((number): Instruction[] => [
      { code: JUMP_EQUAL, yes: 0, no: 1, value: number },
      { code: RETURN, value: errno(EPERM) },
    ]),
    ...cloneRules(machine),
    { code: RETURN, value: ALLOW },
  ];
}

/**
 * The filter for a processor.
 * @param arch as `process.arch` says it
 * @returns undefined where no table is known: the sandbox then runs without this wall, and the probe says so
 */
export function seccompFilter(arch: string): Buffer | undefined {
  const machine = arch === 'x64' ? X64 : arch === 'arm64' ? ARM64 : undefined;
  if (machine === undefined) return undefined;
  const instructions = program(machine);
  const bytes = Buffer.alloc(instructions.length * 8);
  for (const [index, { code, yes = 0, no = 0, value }] of instructions.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(yes, index * 8 + 2);
    bytes.writeUInt8(no, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  }
  return bytes;
}
